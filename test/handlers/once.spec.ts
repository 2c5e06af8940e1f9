import {
  Ctx,
  GreenNotifications,
  NotificationContext,
  OnNotification,
} from '@green-notifications/nestjs';
import {
  incomingText,
  NotificationTestBed,
  stateInstanceChanged,
} from '@green-notifications/nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { RecordingLogger } from '../support/recording.logger.js';

const text = incomingText('hello');

type Run = (context: NotificationContext) => unknown;

/** An application whose only handler does this. */
async function bedOf(run: Run, logs = new RecordingLogger()) {
  @Injectable()
  class Shop {
    @OnNotification(['incomingMessageReceived', 'stateInstanceChanged'])
    onText(@Ctx() context: NotificationContext) {
      return run(context);
    }
  }
  return NotificationTestBed.create(
    { providers: [Shop] },
    { override: (builder) => builder.setLogger(logs) },
  );
}

describe('a reply', () => {
  it('is sent once, however often the handler fails after it', async () => {
    await using bed = await bedOf(async (context) => {
      await context.reply('accepted');
      throw new Error('the shop is closed');
    });
    for (let attempt = 1; attempt <= 5; attempt += 1) await bed.deliver(text);
    expect(bed.sent.map(({ message }) => message)).toEqual(['accepted']);
  });

  it('has the same id on each attempt', async () => {
    const ids: string[] = [];
    await using bed = await bedOf(async (context) => {
      ids.push(await context.reply('accepted'));
      if (context.attempt < 3) throw new Error('not yet');
    });
    for (let attempt = 1; attempt <= 3; attempt += 1) await bed.deliver(text);
    expect(ids).toHaveLength(3);
    expect(new Set(ids).size).toBe(1);
  });

  it('is sent again if GREEN-API did not send it', async () => {
    await using bed = await bedOf((context) => context.reply('accepted'));
    bed.answerNext('sendMessage', { status: 500 });
    expect((await bed.deliver(text)).result).toBe('retry');
    expect((await bed.deliver(text)).result).toBe('acknowledged');
    expect(bed.calls.filter(({ method }) => method === 'sendMessage')).toHaveLength(2);
  });

  it('is counted: the second one of an attempt is another one', async () => {
    await using bed = await bedOf(async (context) => {
      await context.reply('one');
      if (context.attempt === 1) throw new Error('between them');
      await context.reply('two');
    });
    await bed.deliver(text);
    await bed.deliver(text);
    expect(bed.sent.map(({ message }) => message)).toEqual(['one', 'two']);
  });

  it('is sent to each notification, also if their texts are equal', async () => {
    await using bed = await bedOf((context) => context.reply('accepted'));
    await bed.deliver(incomingText('same'));
    await bed.deliver(incomingText('same'));
    expect(bed.sent).toHaveLength(2);
  });

  it('says so when another text is not sent, and is sent if it has a name', async () => {
    const logs = new RecordingLogger();
    await using bed = await bedOf(async (context) => {
      if (context.attempt === 1) {
        await context.reply('a moment, please');
        throw new Error('not yet');
      }
      await context.reply('done');
      await context.reply('really done', { once: 'done' });
    }, logs);
    await bed.deliver(text);
    await bed.deliver(text);
    expect(bed.sent.map(({ message }) => message)).toEqual(['a moment, please', 'really done']);
    expect(logs.having('WARN', 'did not send reply 1 on attempt 2')).toHaveLength(1);
  });
});

describe('a redrive', () => {
  it('does not send again what the attempts before the dead letter sent', async () => {
    const logs = new RecordingLogger();
    let isOpen = false;
    await using bed = await bedOf(async (context) => {
      await context.reply('accepted');
      if (!isOpen) throw new Error('the shop is closed');
      await context.reply('done');
    }, logs);
    for (let attempt = 1; attempt <= 5; attempt += 1) await bed.deliver(text);
    const { deadLetters } = bed.get(GreenNotifications);
    const [letter] = await deadLetters.list();
    isOpen = true;
    await deadLetters.redrive(letter!.id);
    expect(bed.sent.map(({ message }) => message)).toEqual(['accepted', 'done']);
  });
});

describe('work that runs once', () => {
  it('gives each attempt the result of the first one, as JSON keeps it', async () => {
    let runs = 0;
    const seen: unknown[] = [];
    await using bed = await bedOf(async (context) => {
      seen.push(await context.once('order', () => ({ run: (runs += 1), at: new Date(0) })));
      seen.push(await context.once('nothing', () => undefined));
      if (context.attempt < 2) throw new Error('not yet');
    });
    await bed.deliver(text);
    await bed.deliver(text);
    const order = { run: 1, at: '1970-01-01T00:00:00.000Z' };
    expect(seen).toEqual([order, undefined, order, undefined]);
    expect(runs).toBe(1);
  });

  it('runs again if it failed', async () => {
    let runs = 0;
    await using bed = await bedOf((context) =>
      context.once('order', () => {
        runs += 1;
        if (runs < 3) throw new Error(`run ${runs}`);
      }),
    );
    expect((await bed.deliver(text)).errors).toMatchObject([{ message: 'run 1' }]);
    expect((await bed.deliver(text)).errors).toMatchObject([{ message: 'run 2' }]);
    expect((await bed.deliver(text)).result).toBe('acknowledged');
  });

  it('runs once if it is called twice at the same time', async () => {
    let runs = 0;
    await using bed = await bedOf(async (context) => {
      const order = async () => (runs += 1);
      return Promise.all([context.once('order', order), context.once('order', order)]);
    });
    expect((await bed.deliver(text)).results).toEqual([[1, 1]]);
    expect(runs).toBe(1);
  });

  it('is not repeated if its result is no JSON, and says so', async () => {
    let runs = 0;
    await using bed = await bedOf((context) => context.once('order', () => BigInt((runs += 1))));
    for (const _ of [1, 2]) {
      expect((await bed.deliver(text)).errors).toMatchObject([{ code: 'RESULT_NOT_REMEMBERED' }]);
    }
    expect(runs).toBe(1);
  });

  it('belongs to one handler', async () => {
    const runs: string[] = [];
    @Injectable()
    class Two {
      @OnNotification('incomingMessageReceived')
      first(@Ctx() context: NotificationContext) {
        return context.once('work', () => void runs.push('first'));
      }

      @OnNotification('incomingMessageReceived')
      second(@Ctx() context: NotificationContext) {
        return context.once('work', () => void runs.push('second'));
      }
    }
    await using bed = await NotificationTestBed.create({ providers: [Two] });
    await bed.deliver(text);
    expect(runs.toSorted()).toEqual(['first', 'second']);
  });

  it('is forgotten when the notification is done', async () => {
    let runs = 0;
    await using bed = await bedOf((context) =>
      context.once('order', () => {
        runs += 1;
      }),
    );
    const state = stateInstanceChanged('authorized');
    await bed.deliver(state);
    await bed.deliver(state);
    expect(runs).toBe(2);
  });
});
