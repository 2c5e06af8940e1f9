import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  type DeadLetter,
  FileDeadLetterStore,
  OnNotification,
  type Outcome,
} from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { Injectable, type Type } from '@nestjs/common';

import { fail, rejects, succeeds, succeedsAtAttempt } from '../support/behaviours.js';
import { within } from '../support/eventually.js';
import { inbox, Journal, pair } from '../support/recording-inbox.js';
import { type App, QUICK, Road, TRANSPORTS } from '../support/road.js';

const ONCE = { retry: { attempts: 1, backoff: QUICK } };

/** What handled, or gave up on, the notification in an earlier release of the application. */
@Injectable()
class Before {
  @OnNotification('*')
  onText(): void {
    fail('the old release');
  }
}

/** Leaves a dead letter of `Before.onText` in the store, and closes that application. */
async function letterOfBefore(road: Road, transport: 'polling' | 'webhook'): Promise<DeadLetter> {
  const { nest } = await road.run(transport, [Before], ONCE);
  await within('the dead letter', road.publish('precious').deleted);
  await nest.close();
  const [letter] = await road.letters.list();
  expect(letter).toMatchObject({ handler: 'Before.onText' });
  return letter!;
}

const redrive = (app: App, id: string, options?: { handler?: string }): Promise<Outcome> =>
  within('the redrive to end', app.greenNotifications.deadLetters.redrive(id, options));

const refused = (names: readonly string[]) => ({
  name: 'RedriveError',
  code: 'REDRIVE',
  message: expect.stringMatching(names.map((name) => `(?=[^]*${name})`).join('')),
});

describe.each(TRANSPORTS)('a dead letter whose handler is no more (%s)', (transport) => {
  it('is not redriven, and the error names the handlers there are', async () => {
    await using road = await Road.start();
    const letter = await letterOfBefore(road, transport);
    const journal = new Journal();
    const app = await road.run(transport, [inbox(journal), pair(journal, succeeds, () => 2)]);
    await expect(redrive(app, letter.id)).rejects.toMatchObject(
      refused(['Before.onText', 'Inbox.onAny', 'Pair.first', 'Pair.second']),
    );
    expect(journal.runs).toEqual([]);
    expect(await road.letters.list()).toEqual([letter]);
  });

  it('is redriven to another handler by name, once, and is gone', async () => {
    await using road = await Road.start();
    const letter = await letterOfBefore(road, transport);
    const journal = new Journal();
    const app = await road.run(transport, [inbox(journal), pair(journal, succeeds, () => 2)]);
    expect(await redrive(app, letter.id, { handler: 'Pair.second' })).toMatchObject({
      result: 'acknowledged',
    });
    expect(journal.runs).toMatchObject([{ handler: 'second', text: 'precious' }]);
    expect(await road.letters.list()).toEqual([]);
  });
});

describe('37. a redrive', () => {
  const given = async (providers: readonly Type<unknown>[], options = {}) => {
    const road = await Road.start();
    const letter = await letterOfBefore(road, 'polling');
    return { road, letter, app: await road.run('polling', providers, options) };
  };

  it('to a handler that does not exist is refused, and the letter stays', async () => {
    const { road, letter, app } = await given([Before]);
    await using _ = road;
    await expect(redrive(app, letter.id, { handler: 'Inbox.onAny' })).rejects.toMatchObject(
      refused(['Inbox.onAny', 'Before.onText']),
    );
    expect(await road.letters.list()).toEqual([letter]);
  });

  it('in an application without any handler is refused, and the letter stays', async () => {
    const { road, letter, app } = await given([], { unhandled: 'acknowledge' });
    await using _ = road;
    await expect(redrive(app, letter.id)).rejects.toMatchObject(refused(['Before.onText']));
    expect(await road.letters.list()).toEqual([letter]);
  });

  it('ends where the handler no longer wants the notification, and loses nothing', async () => {
    await using road = await Road.start();
    const runs: string[] = [];
    let isOpen = true;
    @Injectable()
    class Moody {
      @OnNotification('*', { where: () => isOpen })
      onOpen(): void {
        runs.push('run');
        if (isOpen) fail();
      }
    }
    const app = await road.run('polling', [Moody], ONCE);
    await within('the dead letter', road.publish('precious').deleted);
    isOpen = false;
    const [letter] = await road.letters.list();
    const end = await redrive(app, letter!.id).then(
      ({ result }) => result,
      ({ code }: { code: string }) => code,
    );
    const isHandled = runs.length === 2;
    expect(end).toBe(isHandled ? 'acknowledged' : 'REDRIVE');
    expect(await road.letters.list()).toHaveLength(isHandled ? 0 : 1);
  });

  it('gives a handler by name as many attempts as any other', async () => {
    const journal = new Journal();
    const { road, letter, app } = await given([inbox(journal, succeedsAtAttempt(3))]);
    await using _ = road;
    expect(await redrive(app, letter.id, { handler: 'Inbox.onAny' })).toMatchObject({
      result: 'acknowledged',
    });
    expect(journal.attempts('precious')).toEqual([1, 2, 3]);
    expect(await road.letters.list()).toEqual([]);
  });

  it('to a handler that gives up as well keeps the notification', async () => {
    const journal = new Journal();
    const { road, letter, app } = await given(
      [inbox(journal, () => fail('the new release'))],
      ONCE,
    );
    await using _ = road;
    expect(await redrive(app, letter.id, { handler: 'Inbox.onAny' })).toMatchObject({
      result: 'dead-lettered',
    });
    const letters = await road.letters.list();
    expect(letters.length).toBeGreaterThan(0);
    for (const one of letters) {
      expect(one).toMatchObject({
        notification: (letter as { notification: object }).notification,
      });
    }
    expect(JSON.stringify(letters)).toContain('the new release');
  });

  it('has all its attempts again after one whose letter could not be written', async () => {
    const journal = new Journal();
    const { road, letter, app } = await given([inbox(journal, () => fail('the new release'))]);
    await using _ = road;
    const put = road.letters.put.bind(road.letters);
    road.letters.put = () => Promise.reject(new Error('disk full'));
    await expect(redrive(app, letter.id, { handler: 'Inbox.onAny' })).rejects.toMatchObject(
      refused(['could not write the letter']),
    );
    road.letters.put = put;
    expect(await redrive(app, letter.id, { handler: 'Inbox.onAny' })).toMatchObject({
      result: 'dead-lettered',
    });
    expect(journal.attempts('precious')).toEqual([1, 2, 3, 4, 5, 1, 2, 3, 4, 5]);
  });

  it('asked for twice at once runs the handler once', async () => {
    const journal = new Journal();
    const { road, letter, app } = await given([
      inbox(journal, () => new Promise((resolve) => setImmediate(resolve))),
    ]);
    await using _ = road;
    const both = await Promise.all([
      redrive(app, letter.id, { handler: 'Inbox.onAny' }),
      redrive(app, letter.id, { handler: 'Inbox.onAny' }),
    ]);
    expect(both.map(({ result }) => result)).toEqual(['acknowledged', 'acknowledged']);
    expect(journal.runs).toHaveLength(1);
    expect(await road.letters.list()).toEqual([]);
  });

  it('is refused while nothing is handled, and the letter stays', async () => {
    const { road, letter, app } = await given([Before]);
    await using _ = road;
    await app.greenNotifications.stop();
    await expect(redrive(app, letter.id)).rejects.toMatchObject({ code: 'REDRIVE' });
    expect(await road.letters.list()).toEqual([letter]);
  });

  it('of a letter that was redriven already, or never was, is refused', async () => {
    const journal = new Journal();
    const { road, letter, app } = await given([inbox(journal)]);
    await using _ = road;
    await redrive(app, letter.id, { handler: 'Inbox.onAny' });
    await expect(redrive(app, letter.id, { handler: 'Inbox.onAny' })).rejects.toMatchObject({
      code: 'REDRIVE',
    });
    await expect(redrive(app, 'no such letter')).rejects.toMatchObject({ code: 'REDRIVE' });
    expect(journal.runs).toHaveLength(1);
  });
});

describe('37. two redrives of one letter at once', () => {
  it('run its handler once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'redrives-'));
    await using road = await Road.start();
    const store = new FileDeadLetterStore(join(folder, 'letters.jsonl'));
    const journal = new Journal();
    let behave: () => void = rejects;
    const app = await road.run('polling', [inbox(journal, () => behave())], {
      deadLetters: { store },
    });
    await within('it to be deleted', road.publish('precious').deleted);
    behave = () => undefined;
    const { deadLetters } = app.greenNotifications;
    const [letter] = await deadLetters.list();
    const outcomes = await within(
      'both to end',
      Promise.all([deadLetters.redrive(letter!.id), deadLetters.redrive(letter!.id)]),
    );
    expect(outcomes.map(({ result }) => result)).toEqual(['acknowledged', 'acknowledged']);
    expect(journal.runs).toHaveLength(2);
    expect(await deadLetters.list()).toEqual([]);
    await app.nest.close();
    await rm(folder, { recursive: true });
  });
});
