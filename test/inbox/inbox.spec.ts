import {
  Ctx,
  NotificationContext,
  OnNotification,
  RetryAfter,
  Text,
} from '@green-notifications/nestjs';
import { expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { describeEngines } from '../../packages/inbox/test/support/engines.js';
import { eventually } from '../road/support/eventually.js';
import { Deferred } from '../support/deferred.js';
import { recordingHandler } from './support/recording.handler.js';
import { InboxScene, moduleOf } from './support/scene.js';

const PATIENCE_MS = 20_000;
const until = (what: string, condition: () => unknown) => eventually(what, condition, PATIENCE_MS);

await describeEngines('an application with an inbox', ({ open }) => {
  it('acknowledges what is stored, while its handler still runs', async () => {
    await using place = await open();
    await using scene = await InboxScene.start(place);
    const finish = new Deferred<void>();
    const { Inbox, handled } = recordingHandler(() => finish.promise);
    const app = await scene.run([Inbox]);
    scene.say('1@c.us', 'one', 'two', 'three');
    await scene.instance.drained();
    expect(handled).toEqual([]);
    expect(moduleOf(app).status).toMatchObject({ stored: 3, acknowledged: 0 });
    finish.resolve();
    await until('all are handled', () => handled.length === 3);
    expect(handled).toEqual(['one', 'two', 'three']);
  });

  it('handles chats in parallel, and each in order, up to the concurrency', async () => {
    await using place = await open();
    await using scene = await InboxScene.start(place);
    const order = new Map<string, string[]>();
    const running = new Set<string>();
    let most = 0;
    let collisions = 0;
    @Injectable()
    class Inbox {
      @OnNotification('incomingMessageReceived')
      async onText(@Text() text: string, @Ctx() { notification }: NotificationContext) {
        const { chatId } = (notification as { senderData: { chatId: string } }).senderData;
        if (running.has(chatId)) collisions += 1;
        running.add(chatId);
        most = Math.max(most, running.size);
        await new Promise((resolve) => setTimeout(resolve, 80));
        running.delete(chatId);
        order.set(chatId, [...(order.get(chatId) ?? []), text]);
      }
    }
    const texts = ['1', '2', '3', '4', '5'];
    const chats = Array.from({ length: 10 }, (_, index) => `${index}@c.us`);
    await scene.run([Inbox], { inboxSettings: { concurrency: 6 } });
    for (const text of texts) for (const chat of chats) scene.say(chat, text);
    await until('all are handled', () => [...order.values()].flat().length === 50);
    expect(Object.fromEntries(order)).toEqual(
      Object.fromEntries(chats.map((chat) => [chat, texts])),
    );
    expect(collisions).toBe(0);
    expect(most).toBeGreaterThan(3);
    expect(most).toBeLessThanOrEqual(6);
  });

  it('lets a chat that fails, or asks for time, block itself only', async () => {
    await using place = await open();
    await using scene = await InboxScene.start(place);
    const { Inbox, handled } = recordingHandler(({ text, attempt }) => {
      if (text === 'fails' && (attempt < 3 || !handled.includes('good'))) throw new Error('no');
      if (text === 'later' && attempt < 2) throw new RetryAfter(300);
    });
    await scene.run([Inbox], {
      retry: { attempts: 1000, backoff: { initialMs: 100, maxMs: 100 } },
    });
    scene.say('1@c.us', 'fails', 'behind fails');
    scene.say('2@c.us', 'later', 'behind later');
    scene.say('3@c.us', 'good');
    await until('all are handled', () => handled.length === 5);
    expect(handled[0]).toBe('good');
    expect(handled.filter((text) => text.includes('fails'))).toEqual(['fails', 'behind fails']);
    expect(handled.filter((text) => text.includes('later'))).toEqual(['later', 'behind later']);
  });

  it('writes a dead letter after the last attempt, and the chat goes on', async () => {
    await using place = await open();
    await using scene = await InboxScene.start(place);
    let isMended = false;
    const { Inbox, handled } = recordingHandler(({ text }) => {
      if (text === 'poison' && !isMended) throw new Error('no');
    });
    const app = await scene.run([Inbox], { retry: { attempts: 2 } });
    scene.say('1@c.us', 'poison', 'behind');
    await until('the chat goes on', () => handled.length === 1);
    const { deadLetters } = moduleOf(app);
    const [letter] = await deadLetters.list();
    expect(letter).toMatchObject({ kind: 'unhandled', handler: 'Inbox.onAny', attempts: 2 });
    isMended = true;
    await deadLetters.redrive(letter!.id);
    expect(handled).toEqual(['behind', 'poison']);
    expect(await deadLetters.list()).toEqual([]);
  });

  it('after a restart neither repeats handlers that succeeded nor forgets attempts', async () => {
    await using place = await open();
    await using scene = await InboxScene.start(place);
    const runs: string[] = [];
    let isMended = false;
    @Injectable()
    class Inbox {
      @OnNotification('incomingMessageReceived')
      onGood(@Ctx() { attempt }: NotificationContext) {
        runs.push(`good ${attempt}`);
      }

      @OnNotification('incomingMessageReceived')
      onBad(@Ctx() { attempt }: NotificationContext) {
        runs.push(`bad ${attempt}`);
        if (!isMended) throw new Error('no');
      }
    }
    const retry = { attempts: 10, backoff: { initialMs: 200, maxMs: 200 } };
    const first = await scene.run([Inbox], { retry });
    scene.say('1@c.us', 'text');
    await until('the second attempt', () => runs.includes('bad 2'));
    await until('it is put back', () => moduleOf(first).status.inbox!.running === 0);
    await first.close();
    isMended = true;
    await scene.run([Inbox], { retry });
    await until('it is handled', () => runs.length >= 4);
    expect(runs).toEqual(['good 1', 'bad 1', 'bad 2', 'bad 3']);
  });

  it('after a restart does not send a reply again, nor repeat work that was done once', async () => {
    await using place = await open();
    await using scene = await InboxScene.start(place);
    const orders: string[] = [];
    const seen: unknown[] = [];
    let isMended = false;
    @Injectable()
    class Inbox {
      @OnNotification('incomingMessageReceived')
      async onText(@Text() text: string, @Ctx() ctx: NotificationContext) {
        await ctx.reply('accepted');
        const order = await ctx.once('order', () => ({ number: orders.push(text) }));
        seen.push(order);
        if (!isMended) throw new RetryAfter(200);
      }
    }
    const first = await scene.run([Inbox]);
    scene.say('1@c.us', 'text');
    await until('the second attempt', () => seen.length === 2);
    await first.close();
    isMended = true;
    const attempts = seen.length;
    const second = await scene.run([Inbox]);
    await until('it is handled', () => moduleOf(second).status.acknowledged === 1);
    expect(seen).toEqual(Array.from({ length: attempts + 1 }, () => ({ number: 1 })));
    expect(orders).toEqual(['text']);
    expect(scene.instance.sentMessages).toHaveLength(1);
  });

  it('puts back at once what a stop cuts off, without counting an attempt', async () => {
    await using place = await open();
    await using scene = await InboxScene.start(place);
    const attempts: number[] = [];
    const began = new Deferred<void>();
    @Injectable()
    class Inbox {
      @OnNotification('incomingMessageReceived')
      async onText(@Ctx() { attempt, signal }: NotificationContext) {
        attempts.push(attempt);
        if (attempts.length > 1) return;
        began.resolve();
        await new Promise((_resolve, reject) =>
          signal.addEventListener('abort', () => reject(signal.reason as Error)),
        );
      }
    }
    const first = await scene.run([Inbox], { shutdownTimeoutMs: 50 });
    scene.say('1@c.us', 'text');
    await began.promise;
    await first.close();
    const second = await scene.run([Inbox]);
    await until('it is handled', () => moduleOf(second).status.acknowledged === 1);
    expect(attempts).toEqual([1, 1]);
  });

  it('handles a kind without an id as often as it arrives', async () => {
    await using place = await open();
    await using scene = await InboxScene.start(place);
    const states: string[] = [];
    @Injectable()
    class Inbox {
      @OnNotification('stateInstanceChanged')
      onState({ stateInstance }: { stateInstance: string }) {
        states.push(stateInstance);
      }
    }
    await scene.run([Inbox]);
    const body = scene.instance.build.stateInstanceChanged('authorized');
    scene.instance.publish({ ...body, timestamp: 1_700_000_000 });
    scene.instance.publish({ ...body, timestamp: 1_700_000_000 });
    await until('both are handled', () => states.length === 2);
    await scene.instance.drained();
    expect(states).toHaveLength(2);
  });

  it('does not handle twice what GREEN-API delivers twice', async () => {
    await using place = await open();
    await using scene = await InboxScene.start(place);
    const { Inbox, handled } = recordingHandler();
    const first = await scene.run([Inbox]);
    const body = scene.instance.build.incomingText('twice');
    scene.instance.publish(body);
    await until('it is handled', () => handled.length === 1);
    await first.close();
    const second = await scene.run([Inbox]);
    scene.instance.publish(body);
    scene.say('1@c.us', 'next');
    await until('the next is handled', () => handled.includes('next'));
    await scene.instance.drained();
    expect(handled).toEqual(['twice', 'next']);
    expect(moduleOf(second).status).toMatchObject({ stored: 1 });
  });

  it('stops receiving while too much waits, says so, and goes on', async () => {
    await using place = await open();
    await using scene = await InboxScene.start(place);
    const finish = new Deferred<void>();
    const { Inbox, handled } = recordingHandler(() => finish.promise);
    const app = await scene.run([Inbox], { inboxSettings: { waitingLimit: 5 } });
    const texts = Array.from({ length: 30 }, (_, index) => `${index}`);
    scene.say('1@c.us', ...texts);
    await until('it is full', () => moduleOf(app).status.inbox!.isFull);
    expect(scene.instance.queueLength).toBeGreaterThan(10);
    expect(scene.harness.logs.having('WARN', 'nothing more is received')).toHaveLength(1);
    finish.resolve();
    await until('all are handled', () => handled.length === 30);
    expect(handled).toEqual(texts);
    await scene.instance.drained();
  });

  it('puts back what belongs to an instance it does not know', async () => {
    await using place = await open();
    await using scene = await InboxScene.start(place);
    const { Inbox, handled } = recordingHandler();
    const receiver = await scene.run([Inbox], { inboxSettings: { role: 'receiver' } });
    scene.say('1@c.us', 'stored');
    await scene.instance.drained();
    await receiver.close();
    const stranger = await scene.run([Inbox], {
      inboxSettings: { role: 'worker' },
      instances: [{ idInstance: 4242, apiTokenInstance: 'another' }],
    });
    await scene.harness.logs.until('WARN', 'does not know');
    await until('it is put back', async () => {
      const [lane] = await moduleOf(stranger).inbox!.blockedLanes();
      return lane?.state === 'retrying';
    });
    await stranger.close();
    expect(handled).toEqual([]);
    await scene.run([Inbox], { inboxSettings: { role: 'worker' } });
    await until('a worker that knows it handles it', () => handled.length === 1);
  });

  it('does not stand still for an instance it does not know, and discards what waits', async () => {
    await using place = await open();
    await using scene = await InboxScene.start(place);
    const handled: string[] = [];
    @Injectable()
    class Inbox {
      @OnNotification('incomingMessageReceived')
      onText(@Text() text: string) {
        handled.push(text);
      }
    }
    const receiver = await scene.run([Inbox], { inboxSettings: { role: 'receiver' } });
    scene.say('1@c.us', 'one', 'two', 'three', 'four');
    await scene.instance.drained();
    await receiver.close();
    const { emulator } = scene.harness;
    const other = emulator.addInstance({ idInstance: 4242, apiTokenInstance: 'another' });
    const app = await scene.run([Inbox], {
      inboxSettings: { waitingLimit: 3 },
      instances: [{ idInstance: 4242, apiTokenInstance: 'another', apiUrl: emulator.url }],
    });
    const { status, inbox } = moduleOf(app);
    expect(status.inbox).toMatchObject({
      waiting: 0,
      isFull: false,
      unknownInstances: [{ idInstance: scene.instance.idInstance, waiting: 4 }],
    });
    other.publish(other.build.incomingText('mine'));
    await until('its own is handled', () => handled.length === 1);
    await until('all are put back', async () => {
      const lanes = await inbox!.blockedLanes();
      return lanes.every(({ state }) => state === 'retrying');
    });
    expect(await inbox!.discard(scene.instance.idInstance)).toBe(4);
    await until('none waits', () => moduleOf(app).status.inbox!.unknownInstances.length === 0);
    expect(scene.harness.logs.having('WARN', 'Discarded')).toHaveLength(1);
    expect(handled).toEqual(['mine']);
  });

  it('says once that a notification waits too long, and that none does any more', async () => {
    await using place = await open();
    await using scene = await InboxScene.start(place);
    const finish = new Deferred<void>();
    @Injectable()
    class Inbox {
      @OnNotification('incomingMessageReceived')
      onText() {
        return finish.promise;
      }
    }
    const app = await scene.run([Inbox], { inboxSettings: { lateAfterMs: 1000 } });
    scene.say('1@c.us', 'running', 'waiting');
    await until('it is late', () => moduleOf(app).status.inbox!.isLate);
    expect(scene.harness.logs.having('WARN', 'has waited in the inbox')).toHaveLength(1);
    finish.resolve();
    await scene.harness.logs.until('LOG', 'is late any more');
    expect(moduleOf(app).status.inbox).toMatchObject({ isLate: false, waiting: 0 });
  });

  it('lets the handlers of an instance finish before it is removed', async () => {
    await using place = await open();
    await using scene = await InboxScene.start(place);
    const began = new Deferred<void>();
    const finish = new Deferred<void>();
    const ends: string[] = [];
    @Injectable()
    class Inbox {
      @OnNotification('incomingMessageReceived')
      async onText(@Ctx() { signal }: NotificationContext) {
        began.resolve();
        await finish.promise;
        ends.push(signal.aborted ? 'cut off' : 'finished');
      }
    }
    const app = await scene.run([Inbox]);
    scene.say('1@c.us', 'text');
    await began.promise;
    const { name } = moduleOf(app).instances[0]!;
    const removed = moduleOf(app).removeInstance(name);
    setTimeout(() => finish.resolve(), 100);
    expect(await removed).toBe(true);
    expect(ends).toEqual(['finished']);
  });

  it('tells which chats are blocked, and why', async () => {
    await using place = await open();
    await using scene = await InboxScene.start(place);
    const { Inbox } = recordingHandler(({ text }) => {
      if (text === 'bad') throw new Error('the shop is closed');
    });
    const app = await scene.run([Inbox], {
      retry: { attempts: 5, backoff: { initialMs: 60_000, maxMs: 60_000 } },
    });
    scene.say('1@c.us', 'bad', 'behind', 'behind, too');
    const { inbox } = moduleOf(app);
    await until('the chat is blocked', async () => {
      const [lane] = await inbox!.blockedLanes();
      return lane?.state === 'retrying' && lane.waiting === 2;
    });
    expect(await inbox!.blockedLanes()).toMatchObject([
      {
        idInstance: scene.instance.idInstance,
        chatId: '1@c.us',
        handlers: [{ handler: 'Inbox.onAny', attempts: 1, error: 'the shop is closed' }],
      },
    ]);
  });
});
