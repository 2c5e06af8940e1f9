import {
  Ctx,
  type DeadLetter,
  GreenNotifications,
  NotificationContext,
  OnDeadLetter,
  OnNotification,
  Reject,
} from '@green-notifications/nestjs';
import { InMemoryDeadLetterStore } from '@green-notifications/nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { PollingHarness } from '../support/polling.harness.js';

@Injectable()
class Inbox {
  isMended = false;
  readonly runs: string[] = [];
  readonly told: DeadLetter[] = [];

  @OnNotification('incomingMessageReceived')
  onGood() {
    this.runs.push('good');
  }

  @OnNotification('incomingMessageReceived')
  onBad(@Ctx() { attempt }: NotificationContext) {
    this.runs.push(`bad ${attempt}`);
    if (!this.isMended) throw new Reject('cannot read it');
  }

  @OnDeadLetter()
  onDeadLetter(letter: DeadLetter) {
    this.told.push(letter);
    throw new Error('nobody cares');
  }
}

describe('dead letters', () => {
  it('are stored before the notification is deleted, given to @OnDeadLetter, and redriven to the handler that gave up', async () => {
    await using harness = await PollingHarness.start();
    const store = new InMemoryDeadLetterStore();
    const app = await harness.run({ providers: [Inbox] }, { deadLetters: { store } });
    const inbox = app.get(Inbox);
    await harness.instance.publish(harness.instance.build.incomingText('hello')).deleted;

    const { deadLetters } = app.get(GreenNotifications);
    const [letter] = await deadLetters.list();
    expect(inbox.told).toEqual([letter]);
    expect(letter).toMatchObject({
      kind: 'unhandled',
      handler: 'Inbox.onBad',
      attempts: 1,
      error: { name: 'Reject', code: 'REJECT', message: 'cannot read it' },
    });

    expect(await deadLetters.redrive(letter!.id)).toMatchObject({ result: 'dead-lettered' });
    expect(await deadLetters.list()).toHaveLength(1);

    inbox.isMended = true;
    expect(await deadLetters.redrive(letter!.id)).toMatchObject({ result: 'acknowledged' });
    expect(await deadLetters.list()).toEqual([]);
    expect(inbox.runs.toSorted()).toEqual(['bad 1', 'bad 1', 'bad 1', 'good']);
  });

  it('keep what is no notification as it came, and do not redrive it', async () => {
    await using harness = await PollingHarness.start();
    const store = new InMemoryDeadLetterStore();
    const app = await harness.run({ providers: [Inbox] }, { deadLetters: { store } });
    await harness.instance.publish('{"typeWebhook":7,"text":"precious"}').deleted;

    const { deadLetters } = app.get(GreenNotifications);
    const [letter] = await deadLetters.list();
    expect(letter).toMatchObject({ kind: 'unreadable', body: { text: 'precious' } });
    await expect(deadLetters.redrive(letter!.id)).rejects.toMatchObject({ code: 'REDRIVE' });
    expect(await deadLetters.discard(letter!.id)).toBe(true);
    await expect(deadLetters.redrive(letter!.id)).rejects.toMatchObject({ code: 'REDRIVE' });
  });

  it('say what is missing when there is no store', async () => {
    await using harness = await PollingHarness.start();
    const app = await harness.run({ providers: [Inbox] });
    const { deadLetters } = app.get(GreenNotifications);
    await expect(deadLetters.redrive('any')).rejects.toMatchObject({
      code: 'NO_DEAD_LETTER_STORE',
    });
  });

  it('whose file cannot be used stop the start', async () => {
    await using harness = await PollingHarness.start();
    await expect(
      harness.run({ providers: [Inbox] }, { deadLetters: { file: '/dev/null/letters' } }),
    ).rejects.toMatchObject({ code: 'DEAD_LETTER_STORE_UNUSABLE' });
  });
});
