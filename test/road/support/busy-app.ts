import type { EmulatedInstance } from '@green-notifications/emulator';
import { expect } from '@jest/globals';

import { Deferred } from '../../support/deferred.js';
import { eventually } from './eventually.js';
import { inbox, Journal } from './recording-inbox.js';
import type { Road, RunOptions } from './road.js';

/** A handler that works on `slow` until `finish` is resolved. */
export function slowInbox() {
  const journal = new Journal();
  const finish = new Deferred();
  const Inbox = inbox(journal, ({ text }) => (text === 'slow' ? finish.promise : undefined));
  return { Inbox, journal, finish };
}

/** An application that polls the first instance only, and is at work until `finish` is resolved. */
export async function busyApp(road: Road, options: RunOptions = {}) {
  const slow = slowInbox();
  const app = await road.run('polling', [slow.Inbox], { instances: [road.given(0)], ...options });
  const entry = road.publish('slow');
  await eventually('the slow run', () => slow.journal.runs.length === 1);
  return { ...slow, app, entry };
}

export const isPolled = ({ parkedPolls }: EmulatedInstance): boolean => parkedPolls > 0;

/** Fails if anything that is published at these instances is asked for. */
export async function expectNotPolled(road: Road, ...instances: EmulatedInstance[]): Promise<void> {
  const receives = () =>
    instances.map(({ requests }) => requests.of({ method: 'receiveNotification' }).length);
  await eventually('nobody to poll', () => !instances.some(isPolled));
  const before = receives();
  for (const instance of instances) road.publish('nobody is there', instance);
  await road.idle();
  expect(receives()).toEqual(before);
  for (const { ledger } of instances) expect(ledger.entries.at(-1)!.handOuts).toEqual([]);
}
