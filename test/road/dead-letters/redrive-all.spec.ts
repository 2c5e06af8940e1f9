import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  Ctx,
  type DeadLetter,
  type DeadLetterStore,
  FileDeadLetterStore,
  type Notification,
  NotificationContext,
  OnNotification,
  type RedriveAllOptions,
  Reject,
  Text,
} from '@green-notifications/nestjs';
import { InMemoryDeadLetterStore } from '@green-notifications/nestjs/testing';
import { describe, expect, it, jest } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { Deferred } from '../../support/deferred.js';
import { unhandledLetter } from '../../support/unhandled.letter.js';
import { eventually, within } from '../support/eventually.js';
import { OwnStore } from '../support/own-letter.store.js';
import { QUICK, Road } from '../support/road.js';

const STORES: Readonly<Record<string, (folder: string) => DeadLetterStore>> = {
  memory: () => new InMemoryDeadLetterStore(),
  'a file': (folder) => new FileDeadLetterStore(join(folder, 'letters.jsonl')),
  'a store that can only list': () => new OwnStore(() => false),
};

/** Texts of chats: `a1` is the first text of chat a. */
const chatOf = (text: string) => `${text[0]!.codePointAt(0)!}@c.us`;
const lettersOf = (...texts: string[]) => texts.map((text) => unhandledLetter(text, chatOf(text)));
const idsOf = (letters: readonly DeadLetter[]) => letters.map(({ id }) => id);

/** An application with these letters, whose handler does what the test says. */
class Scene implements AsyncDisposable {
  readonly texts: string[] = [];
  behave: (text: string, context: NotificationContext) => unknown = () => undefined;

  private constructor(
    readonly road: Road,
    readonly store: DeadLetterStore,
    private readonly folder: string,
  ) {}

  static async start(
    letters: readonly DeadLetter[],
    storeIn: (folder: string) => DeadLetterStore = STORES['memory']!,
  ) {
    const folder = await mkdtemp(join(tmpdir(), 'redrive-all-'));
    const store = storeIn(folder);
    for (const letter of letters) await store.put([letter]);
    const scene = new Scene(await Road.start(), store, folder);
    return { scene, ...(await scene.run()) };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.road[Symbol.asyncDispose]();
    await rm(this.folder, { recursive: true });
  }

  private async run() {
    const { texts, store } = this;
    const behave: Scene['behave'] = (...run) => this.behave(...run);
    @Injectable()
    class Inbox {
      @OnNotification('incomingMessageReceived')
      async onText(@Text() text: string, @Ctx() context: NotificationContext): Promise<void> {
        texts.push(text);
        await behave(text, context);
      }

      @OnNotification('incomingMessageReceived')
      onOther(_: Notification, @Text() text: string): void {
        texts.push(`other ${text}`);
      }
    }
    const { greenNotifications } = await this.road.run('polling', [Inbox], {
      deadLetters: { store },
      retry: { attempts: 2, backoff: QUICK },
    });
    const { deadLetters } = greenNotifications;
    const redriveAll = (options?: RedriveAllOptions) =>
      within('all to be redriven', deadLetters.redriveAll(options));
    return { deadLetters, greenNotifications, redriveAll };
  }
}

const NOTHING = { handled: 0, failed: [], skipped: 0, gone: 0, left: 0 };
const fail = (message: string) => {
  throw new Error(message);
};

describe.each(Object.keys(STORES))('redriveAll (%s)', (name) => {
  it('runs chats at the same time, up to the bound, and each in order', async () => {
    const letters = lettersOf('a1', 'a2', 'b1', 'c1', 'b2', 'd1', 'a3');
    const { scene, redriveAll } = await Scene.start(letters, STORES[name]);
    await using _ = scene;
    const running = new Set<string>();
    let most = 0;
    const allBusy = new Deferred<void>();
    scene.behave = async (text) => {
      expect(running).not.toContain(chatOf(text));
      running.add(chatOf(text));
      most = Math.max(most, running.size);
      if (running.size === 3) allBusy.resolve();
      await allBusy.promise;
      await new Promise((resolve) => setImmediate(resolve));
      running.delete(chatOf(text));
    };
    expect(await redriveAll({ concurrency: 3 })).toEqual({ ...NOTHING, total: 7, handled: 7 });
    expect(most).toBe(3);
    const order = (chat: string) => scene.texts.filter((text) => text.startsWith(chat));
    expect([order('a'), order('b')]).toEqual([
      ['a1', 'a2', 'a3'],
      ['b1', 'b2'],
    ]);
    expect(await scene.store.list()).toEqual([]);
  });

  it('lets none of a chat overtake one that fails again, and tells which failed', async () => {
    const letters = lettersOf('a1', 'b1', 'a2', 'b2', 'a3');
    const { scene, deadLetters, redriveAll } = await Scene.start(letters, STORES[name]);
    await using _ = scene;
    scene.behave = (text) => text === 'a2' && fail('still broken');
    expect(await redriveAll()).toEqual({
      ...NOTHING,
      total: 5,
      handled: 3,
      failed: [{ letterId: 'a2', reason: 'still broken' }],
      skipped: 1,
    });
    expect(scene.texts.filter((text) => text.startsWith('a'))).toEqual(['a1', 'a2', 'a2']);
    expect(await deadLetters.list()).toMatchObject([
      { id: 'a2', attempts: 2, error: { message: 'still broken' } },
      { id: 'a3', attempts: 5, error: { message: 'the old release' } },
    ]);
    expect(await redriveAll({ where: ({ id }) => id !== 'a2' })).toMatchObject({ handled: 1 });
    expect(await deadLetters.discardAll({ where: ({ id }) => id === 'a2' })).toBe(1);
    expect(await deadLetters.list()).toEqual([]);
  });

  it('goes through the letters of a page and more', async () => {
    const texts = Array.from({ length: 120 }, (_, index) => `${'abcdef'[index % 6]}${index}`);
    const { scene, deadLetters, redriveAll } = await Scene.start(lettersOf(...texts), STORES[name]);
    await using _ = scene;
    const iterated: string[] = [];
    for await (const { id } of deadLetters.iterate()) iterated.push(id);
    expect(iterated).toEqual(texts);
    expect(await redriveAll()).toMatchObject({ total: 120, handled: 120 });
    expect(scene.texts.toSorted()).toEqual(texts.toSorted());
  });
});

describe('redriveAll', () => {
  it('never has all letters in memory if the store can page', async () => {
    const { scene, redriveAll } = await Scene.start(lettersOf('a1', 'b1'));
    await using _ = scene;
    scene.store.list = () => Promise.reject(new Error('too many'));
    expect(await redriveAll()).toMatchObject({ handled: 2 });
  });

  it('takes those that are asked for, and another handler', async () => {
    const unreadable: DeadLetter = {
      kind: 'unreadable',
      id: 'garbage',
      transport: 'polling',
      body: '<html>',
      firstAt: '',
      lastAt: '',
    };
    const letters = [
      unreadable,
      ...lettersOf('a1', 'b1'),
      unhandledLetter('c1', '9@c.us', { handler: 'Before.onText' }),
    ];
    const { scene, redriveAll } = await Scene.start(letters);
    await using _ = scene;
    const where: RedriveAllOptions['where'] = ({ handler }) => handler === 'Before.onText';
    expect(await redriveAll({ where })).toEqual({
      ...NOTHING,
      total: 1,
      failed: [{ letterId: 'c1', reason: expect.stringContaining('no handler Before.onText') }],
    });
    expect(await redriveAll({ where, handler: 'Inbox.onOther' })).toMatchObject({ handled: 1 });
    expect(scene.texts).toEqual(['other c1']);
    expect(idsOf(await scene.store.list())).toEqual(['garbage', 'a1', 'b1']);
  });

  it('begins no other when its signal fires, and says how many are left', async () => {
    const { scene, redriveAll } = await Scene.start(lettersOf('a1', 'a2', 'b1', 'c1'));
    await using _ = scene;
    const controller = new AbortController();
    scene.behave = () => controller.abort();
    const report = await redriveAll({ concurrency: 1, signal: controller.signal });
    expect(report).toEqual({ ...NOTHING, total: 4, handled: 1, left: 3 });
    expect(idsOf(await scene.store.list())).toEqual(['a2', 'b1', 'c1']);
    const none = await redriveAll({ signal: controller.signal });
    expect(none).toEqual({ ...NOTHING, total: 3, left: 3 });
  });

  it('does not wait for the next attempt of a letter when its signal fires', async () => {
    const { scene, redriveAll, greenNotifications } = await Scene.start(lettersOf('a1'));
    await using _ = scene;
    const controller = new AbortController();
    greenNotifications.outcomes$.subscribe(() => controller.abort());
    scene.behave = () => fail('no');
    const report = await redriveAll({ signal: controller.signal });
    expect(report).toEqual({ ...NOTHING, total: 1, left: 1 });
    expect(scene.texts).toEqual(['a1']);
  });

  it('ends when receiving stops, and the letters stay', async () => {
    const letters = lettersOf('a1', 'a2', 'b1');
    const { scene, redriveAll, greenNotifications } = await Scene.start(letters);
    await using _ = scene;
    const finish: Record<string, Deferred> = { a1: new Deferred(), b1: new Deferred() };
    scene.behave = (text) => finish[text]?.promise;
    const all = redriveAll();
    await eventually('both chats run', () => scene.texts.length === 2);
    const stopped = greenNotifications.stop();
    await eventually('nothing begins any more', () =>
      redriveAll({ where: () => false }).then(
        () => false,
        ({ code }: { code: string }) => code === 'REDRIVE',
      ),
    );
    finish['a1']!.resolve();
    await eventually('the first is discarded', async () => !(await scene.store.get('a1')));
    finish['b1']!.resolve();
    await stopped;
    expect(await all).toEqual({ ...NOTHING, total: 3, handled: 2, left: 1 });
    expect(scene.texts.toSorted()).toEqual(['a1', 'b1']);
    expect(idsOf(await scene.store.list())).toEqual(['a2']);
  });

  it('begins no other when the store fails, and rejects with its error', async () => {
    const { scene, redriveAll } = await Scene.start(lettersOf('a1', 'a2', 'b1'));
    await using _ = scene;
    scene.store.discard = () => Promise.reject(new Error('disk full'));
    await expect(redriveAll({ concurrency: 1 })).rejects.toThrow('disk full');
    expect(scene.texts).toEqual(['a1']);
    expect(await scene.store.list()).toHaveLength(3);
  });

  it('counts what somebody else has dealt with meanwhile, and goes on', async () => {
    const { scene, redriveAll } = await Scene.start(lettersOf('a1', 'a2', 'a3'));
    await using _ = scene;
    scene.behave = () => scene.store.discard('a2');
    expect(await redriveAll()).toEqual({ ...NOTHING, total: 3, handled: 2, gone: 1 });
  });

  it('logs how far it is, and the end', async () => {
    const { scene, redriveAll } = await Scene.start(lettersOf('a1', 'a2'));
    await using _ = scene;
    const began = new Deferred<void>();
    const finish = new Deferred<void>();
    scene.behave = async (text) => {
      if (text === 'a1') return;
      began.resolve();
      await finish.promise;
    };
    jest.useFakeTimers({
      doNotFake: [
        'Date',
        'hrtime',
        'nextTick',
        'performance',
        'queueMicrotask',
        'setImmediate',
        'clearImmediate',
        'setTimeout',
        'clearTimeout',
      ],
    });
    const all = redriveAll();
    await began.promise;
    jest.advanceTimersByTime(10_000);
    jest.useRealTimers();
    expect(scene.road.logs.having('LOG', '1 of 2 done: 1 handled')).toHaveLength(1);
    finish.resolve();
    await all;
    expect(scene.road.logs.having('LOG', '2 in all: 2 handled')).toHaveLength(1);
  });

  it.each([
    [{ concurrency: 0 }, 'at least 1'],
    [{ concurrency: Number.NaN }, 'at least 1'],
    [{ handler: 'Inbox.gone' }, 'no handler Inbox.gone'],
  ])('refuses %o before it runs anything', async (options, message) => {
    const { scene, redriveAll } = await Scene.start(lettersOf('a1'));
    await using _ = scene;
    await expect(redriveAll(options)).rejects.toThrow(message);
    expect(scene.texts).toEqual([]);
  });
});

describe('a redrive with a store that has transactions', () => {
  it('never writes a letter again that somebody else has dealt with', async () => {
    const { scene, deadLetters } = await Scene.start(lettersOf('a1'));
    await using _ = scene;
    scene.store.transaction = async (id, work) => {
      await work('a transaction');
      await scene.store.discard(id);
      return false;
    };
    scene.behave = (_text, context) =>
      context
        .transaction(async () => undefined)
        .catch((error: Error) => {
          throw new Reject(error.message);
        });
    await expect(deadLetters.redrive('a1')).rejects.toMatchObject({ isGone: true });
    expect(await scene.store.list()).toEqual([]);
  });

  it('takes one transaction; what follows does not change its result', async () => {
    const { scene, deadLetters } = await Scene.start(lettersOf('a1'));
    await using _ = scene;
    scene.store.transaction = async (id, work) => {
      if (!(await scene.store.get(id))) return false;
      await work('a transaction');
      return scene.store.discard(id);
    };
    const committed: string[] = [];
    scene.behave = async (_text, context) => {
      await context.transaction(async () => committed.push('first'));
      await context.transaction(async () => committed.push('second'));
    };
    expect(await deadLetters.redrive('a1')).toMatchObject({ result: 'acknowledged' });
    expect(committed).toEqual(['first']);
    const { logs } = scene.road;
    expect(logs.having('ERROR', 'failed after its transaction')).toHaveLength(1);
    expect(logs.having('ERROR', 'already committed')).toHaveLength(1);
  });
});

describe('discardAll', () => {
  it('deletes what it is told, and nothing without being told what', async () => {
    const { scene, deadLetters } = await Scene.start(lettersOf('a1', 'b1', 'c1'));
    await using _ = scene;
    await expect(deadLetters.discardAll({} as never)).rejects.toThrow(TypeError);
    expect(await deadLetters.discardAll({ where: ({ id }) => id !== 'b1' })).toBe(2);
    expect(idsOf(await scene.store.list())).toEqual(['b1']);
    const where = () => true;
    expect(await deadLetters.discardAll({ where, signal: AbortSignal.abort() })).toBe(0);
    expect(await deadLetters.discardAll({ where })).toBe(1);
  });
});
