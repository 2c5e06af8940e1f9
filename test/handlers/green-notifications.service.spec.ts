import { startEmulator } from '@green-notifications/emulator';
import {
  AlreadyStartedError,
  GreenNotifications,
  GreenNotificationsModule,
  OnNotification,
} from '@green-notifications/nestjs';
import { incomingText } from '@green-notifications/nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { filter, firstValueFrom, map } from 'rxjs';

import { CANARY_TOKEN } from '../support/canary.js';
import { Deferred } from '../support/deferred.js';
import { RecordingLogger } from '../support/recording.logger.js';
import { HandlerBed } from './support/handler.bed.js';

@Injectable()
class Inbox {
  readonly started = new Deferred();
  readonly goOn = new Deferred();
  runs = 0;

  @OnNotification('*', { text: 'slow' })
  async onSlow() {
    this.started.resolve();
    await this.goOn.promise;
  }

  @OnNotification('incomingMessageReceived', { text: /hi|boom/ })
  onText(message: { messageData: unknown }) {
    this.runs += 1;
    if (JSON.stringify(message).includes('boom')) throw new Error('boom');
  }
}

async function pollingApp() {
  const emulator = await startEmulator({
    instances: [{ idInstance: 1101000001, apiTokenInstance: CANARY_TOKEN }],
  });
  const logs = new RecordingLogger();
  const module = await Test.createTestingModule({
    imports: [
      GreenNotificationsModule.forRoot({
        instances: [
          { idInstance: 1101000001, apiTokenInstance: CANARY_TOKEN, apiUrl: emulator.url },
        ],
        retry: { backoff: { initialMs: 5, maxMs: 10 } },
      }),
    ],
    providers: [Inbox],
  })
    .setLogger(logs)
    .compile();
  await module.init();
  return {
    instance: emulator.instance(1101000001),
    greenNotifications: module.get(GreenNotifications),
    inbox: module.get(Inbox),
    logs,
    async [Symbol.asyncDispose]() {
      await module.close();
      await emulator.close();
    },
  };
}

describe('GreenNotifications', () => {
  it('refuses a second start, starts again after a stop, and stops as often as it is asked to', async () => {
    await using app = await pollingApp();
    const { greenNotifications, instance } = app;
    await expect(greenNotifications.start()).rejects.toThrow(AlreadyStartedError);
    await Promise.all([greenNotifications.stop(), greenNotifications.stop()]);
    await greenNotifications.stop();
    expect(greenNotifications.status.state).toBe('stopped');

    const entry = instance.publish(instance.build.incomingText('hi'));
    expect(entry.handOuts).toEqual([]);
    await greenNotifications.start();
    await entry.deleted;
    expect(greenNotifications.status.state).toBe('running');
  });

  it('starts when a stop under way has ended', async () => {
    await using app = await pollingApp();
    const { greenNotifications, instance, inbox } = app;
    const slow = instance.publish(instance.build.incomingText('slow'));
    await inbox.started.promise;
    const stopped = greenNotifications.stop();
    const started = greenNotifications.start();
    expect(greenNotifications.status.state).toBe('stopping');
    inbox.goOn.resolve();
    await stopped;
    await started;
    await slow.deleted;
    expect(greenNotifications.status.state).toBe('running');
  });

  it('counts what arrives and what becomes of it, for all and for each instance', async () => {
    await using app = await HandlerBed.create(
      { providers: [Inbox] },
      { retry: { backoff: { initialMs: 1 } } },
    );
    const greenNotifications = app.bed.get(GreenNotifications);
    const inbox = app.bed.get(Inbox);
    await app.deliver(incomingText('hi'));
    await app.deliver(incomingText('boom', { idInstance: 1101000002 }));
    const slow = app.deliver(incomingText('slow'));
    await inbox.started.promise;
    expect(greenNotifications.status).toMatchObject({
      state: 'running',
      received: 3,
      acknowledged: 1,
      retried: 1,
      deadLettered: 0,
      inFlight: 1,
      lastReceivedAt: expect.any(Date),
      instances: [
        { name: 'shop', idInstance: '1101000001', state: 'running', received: 2, inFlight: 1 },
        { name: 'help', idInstance: '1101000002', state: 'running', received: 1, retried: 1 },
      ],
    });
    inbox.goOn.resolve();
    await slow;
    expect(greenNotifications.status).toMatchObject({ acknowledged: 2, inFlight: 0 });
  });
});

function fail(): never {
  throw new Error(`no room for ${CANARY_TOKEN}`);
}

describe('notifications$ and outcomes$', () => {
  it('show every delivery and what became of it, and cannot be pushed to', async () => {
    await using app = await HandlerBed.create({ providers: [Inbox] });
    const { notifications$, outcomes$ } = app.bed.get(GreenNotifications);
    const arrived = firstValueFrom(notifications$.pipe(map(({ instance }) => instance.name)));
    const outcome = firstValueFrom(
      outcomes$.pipe(filter(({ outcome: { result } }) => result === 'acknowledged')),
    );
    const message = incomingText('hi');
    await app.deliver(message);
    expect(await arrived).toBe('shop');
    expect((await outcome).delivery.notification).toBe(message);
    expect([notifications$, outcomes$].some((stream) => 'next' in stream)).toBe(false);
  });

  it('lose, repeat and end nothing when subscribers throw, whatever is in between', async () => {
    await using app = await HandlerBed.create({ providers: [Inbox] });
    const { notifications$, outcomes$ } = app.bed.get(GreenNotifications);
    const inbox = app.bed.get(Inbox);
    const seen: string[] = [];
    notifications$.subscribe(fail);
    notifications$.subscribe({ next: fail });
    notifications$.pipe(map(({ transport }) => transport)).subscribe(fail);
    notifications$.pipe(map(fail)).subscribe(() => seen.push('never'));
    // oxlint-disable-next-line no-misused-promises -- people do
    notifications$.subscribe(async () => fail());
    outcomes$.subscribe(fail);
    outcomes$.subscribe(({ outcome }) => seen.push(outcome.result));

    await app.deliver(incomingText('hi'));
    await app.deliver(incomingText('hi'));
    expect(seen).toEqual(['acknowledged', 'acknowledged']);
    expect(inbox.runs).toBe(2);
    const logged = app.logs.having('ERROR', 'A subscriber of notifications$ or outcomes$ threw');
    // An operator that fails ends its own subscription, as ever in RxJS.
    expect(logged).toHaveLength(5 * 2 + 1);
    expect(logged.join()).not.toContain(CANARY_TOKEN);
  });
});
