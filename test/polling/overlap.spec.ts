import {
  GreenNotifications,
  GreenNotificationsModule,
  OnNotification,
} from '@green-notifications/nestjs';
import { afterEach, describe, expect, it } from '@jest/globals';
import { type INestApplication, Injectable } from '@nestjs/common';
import { Test } from '@nestjs/testing';

import { CANARY_TOKEN } from '../support/canary.js';
import { nextTurns } from '../support/next-turns.js';
import { RecordingLogger } from '../support/recording.logger.js';
import { ManualGateway } from './support/manual.gateway.js';

const DELETED = { result: true, reason: '' };

/** What ReceiveNotification answers. */
function received(receiptId: number, text = `text ${receiptId}`) {
  return {
    receiptId,
    body: {
      typeWebhook: 'incomingMessageReceived',
      instanceData: { idInstance: 1101000001, wid: '1@c.us', typeInstance: 'whatsapp' },
      timestamp: 1_700_000_000,
      idMessage: `ID-${text}`,
      senderData: { chatId: '2@c.us', sender: '2@c.us' },
      messageData: { typeMessage: 'textMessage', textMessageData: { textMessage: text } },
    },
  };
}

describe('overlapping requests', () => {
  const logs = new RecordingLogger();
  let app: INestApplication | undefined;

  afterEach(async () => {
    await app?.close();
    app = undefined;
  });

  /** Polls the gateway; returns the ids of the messages that the handler got. */
  async function poll(
    gateway: ManualGateway,
    overlap?: 'auto' | 'never',
    receiveTimeoutSeconds = 60,
  ): Promise<string[]> {
    const handled: string[] = [];

    @Injectable()
    class Inbox {
      @OnNotification('*')
      on({ idMessage }: { idMessage: string }) {
        handled.push(idMessage);
      }
    }

    const registration = GreenNotificationsModule.forRoot({
      deadLetters: false,
      shutdownTimeoutMs: 200,
      polling: { receiveTimeoutSeconds, ...(overlap && { overlap }) },
      instances: [{ idInstance: 1101000001, apiTokenInstance: CANARY_TOKEN, apiUrl: gateway.url }],
    });
    const module = await Test.createTestingModule({ imports: [registration], providers: [Inbox] })
      .setLogger(logs)
      .compile();
    app = module.createNestApplication();
    await app.init();
    return handled;
  }

  it('sends the next GET behind the DELETE on the same connection, before the DELETE is answered', async () => {
    await using gateway = await ManualGateway.start();
    const handled = await poll(gateway);
    (await gateway.call(1)).answer(received(1));
    const [deletion, next] = [await gateway.call(2), await gateway.call(3)];
    expect(gateway.all).toEqual(['GET', 'DELETE 1', 'GET']);
    expect(next.socket).toBe(deletion.socket);
    deletion.answer(DELETED);
    next.answer(received(2));
    await gateway.call(4);
    expect(gateway.all[3]).toBe('DELETE 2');
    expect(handled).toEqual(['ID-text 1', 'ID-text 2']);
  });

  it('waits for the answer to the DELETE with `never`', async () => {
    await using gateway = await ManualGateway.start();
    await poll(gateway, 'never');
    (await gateway.call(1)).answer(received(1));
    const deletion = await gateway.call(2);
    await nextTurns(50);
    expect(gateway.all).toEqual(['GET', 'DELETE 1']);
    deletion.answer(DELETED);
    expect((await gateway.call(3)).what).toBe('GET');
  });

  it('drops what the GET brought if the DELETE failed, and repeats the DELETE alone', async () => {
    await using gateway = await ManualGateway.start();
    const handled = await poll(gateway);
    (await gateway.call(1)).answer(received(1));
    const [deletion, next] = [await gateway.call(2), await gateway.call(3)];
    deletion.answer({ message: 'down' }, 502);
    // It is as it was, or already another one: nobody can tell before the DELETE has succeeded.
    next.answer(received(2));
    const repeated = await gateway.call(4);
    expect(gateway.all.slice(0, 4)).toEqual(['GET', 'DELETE 1', 'GET', 'DELETE 1']);
    expect(handled).toEqual(['ID-text 1']);
    repeated.answer(DELETED);
    (await gateway.call(5)).answer(received(2));
    expect((await gateway.call(6)).what).toBe('DELETE 2');
    expect(handled).toEqual(['ID-text 1', 'ID-text 2']);
  });

  it('lets no GET go out between a DELETE that failed and its repetition', async () => {
    await using gateway = await ManualGateway.start();
    await poll(gateway);
    (await gateway.call(1)).answer(received(1));
    (await gateway.call(2)).answer({ message: 'down' }, 502);
    // On a busy machine, a GET may have been on its way when the DELETE failed. Its connection is closed.
    const third = await gateway.call(3);
    const repeated = third.what === 'GET' ? await gateway.call(4) : third;
    expect(repeated.what).toBe('DELETE 1');
    const onSameSocket = gateway.calls.filter(({ socket }) => socket === repeated.socket);
    const unanswered = onSameSocket.filter(({ isAnswered }) => !isAnswered);
    expect(unanswered.map(({ what }) => what)).toEqual(['DELETE 1']);
  });

  it('waits longer and longer for a DELETE that keeps failing, whatever the GETs bring', async () => {
    await using gateway = await ManualGateway.start();
    await poll(gateway);
    (await gateway.call(1)).answer(received(1));
    (await gateway.call(2)).hangUp();
    // undici repeats the GET on a new connection, unless it was ended before.
    const startedAt = performance.now();
    const deletions = () => gateway.all.filter((what) => what === 'DELETE 1').length;
    for (let count = 3; deletions() < 3; count += 1) {
      const call = await gateway.call(count);
      if (call.what === 'GET') call.answer(received(1));
      else if (deletions() < 3) call.answer({}, 500);
    }
    // At once after the connection was closed, and then two seconds, less a fifth for the jitter.
    expect(performance.now() - startedAt).toBeGreaterThan(1500);
  });

  it('waits for the answer to the DELETE of a notification without an id', async () => {
    await using gateway = await ManualGateway.start();
    await poll(gateway);
    const { idMessage: _, ...body } = received(1).body;
    (await gateway.call(1)).answer({ receiptId: 1, body });
    const deletion = await gateway.call(2);
    await nextTurns(50);
    expect(gateway.all).toEqual(['GET', 'DELETE 1']);
    deletion.answer(DELETED);
    expect((await gateway.call(3)).what).toBe('GET');
  });

  it('repeats a call at once if the server has closed the connection, and loses no time', async () => {
    await using gateway = await ManualGateway.start();
    const handled = await poll(gateway, 'never');
    const startedAt = performance.now();
    for (let receiptId = 1, count = 1; receiptId <= 3; receiptId += 1, count += 4) {
      (await gateway.call(count)).hangUp();
      (await gateway.call(count + 1)).answer(received(receiptId));
      (await gateway.call(count + 2)).hangUp();
      (await gateway.call(count + 3)).answer(DELETED);
    }
    await gateway.call(13);
    expect(performance.now() - startedAt).toBeLessThan(3000);
    expect(handled).toEqual(['ID-text 1', 'ID-text 2', 'ID-text 3']);
  });

  it('stops overlapping when a GET behind a DELETE gets no answer, and says what to do', async () => {
    await using gateway = await ManualGateway.start();
    await poll(gateway, 'auto', 5);
    (await gateway.call(1)).answer(received(1));
    (await gateway.call(2)).answer(DELETED);
    await gateway.call(3);
    // Fifteen seconds later: five of receiveTimeout, and ten for the network.
    (await gateway.call(4)).answer(received(2));
    const deletion = await gateway.call(5);
    await nextTurns(50);
    expect(gateway.all.slice(3)).toEqual(['GET', 'DELETE 2']);
    deletion.answer(DELETED);
    expect(logs.having('WARN', "set polling.overlap: 'never'")).toHaveLength(1);
  });

  it('drops the notification that was being deleted, and deletes and handles it only once', async () => {
    await using gateway = await ManualGateway.start();
    const handled = await poll(gateway);
    (await gateway.call(1)).answer(received(1));
    const [deletion, next] = [await gateway.call(2), await gateway.call(3)];
    deletion.answer(DELETED);
    next.answer(received(1));
    (await gateway.call(4)).answer(received(2));
    expect((await gateway.call(5)).what).toBe('DELETE 2');
    expect(gateway.all.slice(0, 5)).toEqual(['GET', 'DELETE 1', 'GET', 'GET', 'DELETE 2']);
    expect(handled).toEqual(['ID-text 1', 'ID-text 2']);
  });

  it('stops overlapping after three such answers in a row, and says so once', async () => {
    await using gateway = await ManualGateway.start();
    const handled = await poll(gateway);
    let count = 1;
    for (let receiptId = 1; receiptId <= 3; receiptId += 1) {
      (await gateway.call(count)).answer(received(receiptId));
      (await gateway.call(count + 1)).answer(DELETED);
      (await gateway.call(count + 2)).answer(received(receiptId));
      count += 3;
    }
    (await gateway.call(count)).answer(received(4));
    const deletion = await gateway.call(count + 1);
    await nextTurns(50);
    expect(gateway.all.slice(count)).toEqual(['DELETE 4']);
    deletion.answer(DELETED);
    expect((await gateway.call(count + 2)).what).toBe('GET');
    expect(handled).toEqual(['ID-text 1', 'ID-text 2', 'ID-text 3', 'ID-text 4']);
    expect(logs.having('LOG', 'waits for each deletion')).toHaveLength(1);
  });

  it('takes a used receipt with another body for another notification', async () => {
    await using gateway = await ManualGateway.start();
    const handled = await poll(gateway);
    (await gateway.call(1)).answer(received(1, 'one'));
    (await gateway.call(2)).answer(DELETED);
    (await gateway.call(3)).answer(received(1, 'two'));
    expect((await gateway.call(4)).what).toBe('DELETE 1');
    expect(handled).toEqual(['ID-one', 'ID-two']);
  });

  it.each(['answered', 'unanswered'])(
    'sends the DELETE once when receiving stops before it is answered, with the GET behind it %s',
    async (next) => {
      await using gateway = await ManualGateway.start();
      const handled = await poll(gateway);
      (await gateway.call(1)).answer(received(1));
      const [deletion, behind] = [await gateway.call(2), await gateway.call(3)];
      const stopped = app!.get(GreenNotifications).stop();
      await new Promise(setImmediate);
      if (next === 'answered') behind.answer(received(2));
      deletion.answer(DELETED);
      await stopped;
      expect(gateway.all).toEqual(['GET', 'DELETE 1', 'GET']);
      expect(handled).toEqual(['ID-text 1']);
    },
  );

  it('ends the GET at once when receiving stops and nothing is being deleted', async () => {
    await using gateway = await ManualGateway.start();
    await poll(gateway);
    const { socket } = await gateway.call(1);
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await app!.get(GreenNotifications).stop();
    await closed;
    expect(gateway.all).toEqual(['GET']);
  });

  it('sends at most 100 GETs and 100 DELETEs a second', async () => {
    await using gateway = await ManualGateway.start();
    await poll(gateway);
    const startedAt = performance.now();
    for (let receiptId = 1; receiptId <= 60; receiptId += 1) {
      (await gateway.call(2 * receiptId - 1)).answer(received(receiptId));
      (await gateway.call(2 * receiptId)).answer(DELETED);
    }
    expect(performance.now() - startedAt).toBeGreaterThan(59 * 10);
  });
});
