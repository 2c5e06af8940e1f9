import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { answerWith } from '@green-notifications/emulator';
import { FileDeadLetterStore, GreenNotifications, Reject } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { firstValueFrom } from 'rxjs';

import { CANARY_TOKEN } from '../support/canary.js';
import { Deferred } from '../support/deferred.js';
import { eventually, within } from './support/eventually.js';
import { fail, inbox, Journal, pair } from './support/recording-inbox.js';
import { QUICK, Road, TRANSPORTS } from './support/road.js';

const reject = (): never => {
  throw new Reject('never');
};

describe('38. removing an instance whose handler does not end', () => {
  it('fires the signal of the handler, and leaves neither an attempt nor a dead letter', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const aborted = new Deferred();
    const app = await road.run(
      'polling',
      [
        inbox(journal, async ({ signal }) => {
          if (journal.runs.length > 1) return;
          signal.addEventListener('abort', () => aborted.resolve());
          await aborted.promise;
          fail('cut off');
        }),
      ],
      { retry: { attempts: 1 }, shutdownTimeoutMs: 20 },
    );
    const entry = road.publish('long');
    await eventually('the first run', () => journal.runs.length === 1);
    await app.greenNotifications.removeInstance(String(road.ids[0]));
    await within('the signal to fire', aborted.promise);
    await app.greenNotifications.addInstance(road.given(0));
    await within('it to be deleted', entry.deleted);
    expect(journal.attempts('long')).toEqual([1, 1]);
    expect(await road.letters.list()).toEqual([]);
  });

  it('leaves the handlers of other instances alone', async () => {
    await using road = await Road.start(2);
    const journal = new Journal();
    const finish = new Deferred();
    const app = await road.run('polling', [inbox(journal, () => finish.promise)], {
      shutdownTimeoutMs: 20,
    });
    const other = road.publish('other', road.at(1));
    await eventually('its run', () => journal.runs.length === 1);
    await app.greenNotifications.removeInstance(String(road.ids[0]));
    expect(journal.runs[0]!.signal.aborted).toBe(false);
    finish.resolve();
    await within('it to be deleted', other.deleted);
    expect(journal.attempts('other')).toEqual([1]);
  });
});

describe('36. kinds without an id of their own that fail', () => {
  it.each(TRANSPORTS)(
    'become as many dead letters as there were bodies (%s)',
    async (transport) => {
      await using road = await Road.start();
      const journal = new Journal();
      await road.run(transport, [inbox(journal, reject)]);
      const body = road.instance.build.quotaExceeded();
      for (let n = 0; n < 3; n += 1) road.instance.publish(body);
      await road.drained();
      expect(journal.runs).toHaveLength(3);
      expect(await road.letters.list()).toHaveLength(3);
    },
  );

  it('are redriven into the same letter', async () => {
    await using road = await Road.start();
    const app = await road.run('polling', [inbox(new Journal(), reject)]);
    await within(
      'it to be deleted',
      road.instance.publish(road.instance.build.quotaExceeded()).deleted,
    );
    const [letter] = await road.letters.list();
    await within('the redrive', app.greenNotifications.deadLetters.redrive(letter!.id));
    expect((await road.letters.list()).map(({ id }) => id)).toEqual([letter!.id]);
  });

  it.each([
    ['nothing', undefined],
    ['something else', 'else'],
  ])('begin anew when GREEN-API had dropped the one before and then had %s', async (_, between) => {
    await using road = await Road.start();
    const journal = new Journal();
    const isQuota = (run: { kind: string }) => run.kind === 'quotaExceeded';
    let isFailing = true;
    await road.run(
      'polling',
      [
        pair(
          journal,
          () => undefined,
          (run) => (isQuota(run) && isFailing ? fail() : undefined),
        ),
      ],
      { retry: { attempts: 100, backoff: QUICK } },
    );
    const body = road.instance.build.quotaExceeded();
    road.instance.publish(body);
    await eventually('two failures', () => journal.of('second').filter(isQuota).length >= 2);
    const emptyAnswer = road.emulator.faults.next(
      { method: 'receiveNotification', when: () => road.instance.queueLength === 0 },
      answerWith({ status: 200, body: 'null' }),
    );
    await road.clearQueue();
    if (between === undefined) {
      await eventually('an empty answer', () => emptyAnswer.fired === 1);
    } else await within('what came between', road.publish(between).deleted);
    isFailing = false;
    const runsBefore = journal.of('second').filter(isQuota).length;
    await within('the next to be deleted', road.instance.publish(body).deleted);
    expect(journal.of('second').filter(isQuota).slice(runsBefore)).toMatchObject([{ attempt: 1 }]);
    expect(journal.of('first').filter(isQuota)).toHaveLength(2);
  });
});

describe('a head that is broken for good', () => {
  it('7. is stored as a dead letter although each hand-out has a receipt of its own', async () => {
    let receipt = 0;
    let isDeleted = false;
    const server = createServer(({ method }, response) => {
      isDeleted ||= method === 'DELETE';
      receipt += 1;
      if (method === 'DELETE') response.end('{"result":true}');
      else response.end(isDeleted ? 'null' : `{"receiptId":${receipt},"body":{"typeWebhook":}}`);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await using road = await Road.start();
    const app = await road.run('polling', [inbox(new Journal())], {
      instances: [
        { idInstance: 1, apiTokenInstance: CANARY_TOKEN, apiUrl: `http://127.0.0.1:${port}` },
      ],
    });
    await road.logs.until('WARN', 'is now dead letter');
    expect(await road.letters.list()).toMatchObject([{ kind: 'unreadable', idInstance: '1' }]);
    await eventually('it to be deleted', () => isDeleted);
    await app.nest.close();
    server.closeAllConnections();
    server.close();
  });
});

describe('37. two redrives of one letter at once', () => {
  it('run its handler once', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'redrives-'));
    await using road = await Road.start();
    const store = new FileDeadLetterStore(join(folder, 'letters.jsonl'));
    const journal = new Journal();
    let behave: () => void = reject;
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

describe('many webhooks at once', () => {
  it('do not look like a leak', async () => {
    const warnings: Error[] = [];
    const listener = (warning: Error) => warnings.push(warning);
    process.on('warning', listener);
    await using road = await Road.start();
    const finish = new Deferred();
    const journal = new Journal();
    const { url } = await road.run('webhook', [inbox(journal, () => finish.promise)], {
      push: false,
    });
    const { build } = road.instance;
    const answers = Array.from({ length: 24 }, (_, n) =>
      road.post(url, build.incomingText(`${n}`)),
    );
    await eventually('all of them to run', () => journal.runs.length === 24);
    finish.resolve();
    expect(new Set((await Promise.all(answers)).map(({ status }) => status))).toEqual(
      new Set([200]),
    );
    await new Promise(setImmediate);
    process.off('warning', listener);
    expect(warnings).toEqual([]);
  });
});

describe('an idInstance of 0', () => {
  it('says as little as none', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const { url } = await road.run('webhook', [inbox(journal)], { push: false });
    const body = { ...road.instance.build.incomingText('hi'), instanceData: { idInstance: 0 } };
    expect(await road.post(url, body)).toMatchObject({ status: 200 });
    expect(journal.texts).toEqual(['hi']);
  });
});

describe('an application that is closed', () => {
  it('does not start to receive again', async () => {
    await using road = await Road.start();
    const app = await road.run('polling', [inbox(new Journal())]);
    await app.nest.close();
    await expect(app.greenNotifications.start()).rejects.toMatchObject({
      code: 'APPLICATION_CLOSED',
    });
    expect(app.greenNotifications.status.state).toBe('stopped');
  });
});

describe('what is logged of a handler that has used up its attempts', () => {
  it('speaks of giving up only where there are dead letters', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    await road.run('polling', [inbox(journal, () => fail())], {
      deadLetters: false,
      retry: { attempts: 2, backoff: QUICK },
    });
    road.publish('poison');
    await eventually('four attempts', () => journal.runs.length >= 4);
    expect(road.logs.having('ERROR', 'giving up')).toEqual([]);
    expect(road.logs.having('ERROR', 'has used up its attempts')).toHaveLength(1);
    expect(road.logs.having('ERROR', '(attempt 3); kept')).toHaveLength(1);
  });
});

describe('a start in a hook of the application, before it has started', () => {
  it('receives nothing before the handlers are found, not even when somebody watches', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const entry = road.publish('early');
    @Injectable()
    class Eager {
      constructor(private readonly greenNotifications: GreenNotifications) {
        greenNotifications.outcomes$.subscribe();
      }

      async onModuleInit() {
        await this.greenNotifications.start();
        await eventually('it to be handed out', () => entry.handOuts.length > 0);
        await road.idle();
      }
    }
    await road.run('polling', [Eager, inbox(journal)]);
    await within('it to be deleted', entry.deleted);
    expect(journal.texts).toEqual(['early']);
  });
});

describe('16. an application whose only subscriber leaves', () => {
  it('keeps what comes afterwards', async () => {
    await using road = await Road.start();
    @Injectable()
    class Curious {
      readonly first: Promise<unknown>;

      constructor({ notifications$ }: GreenNotifications) {
        this.first = firstValueFrom(notifications$);
      }
    }
    await road.run('polling', [Curious], { retry: { backoff: QUICK } });
    road.publish('seen');
    const later = road.publish('unseen');
    await eventually('both to be asked for', () => road.instance.requests.of({}).length > 4);
    expect(later.state).toBe('queued');
  });
});

describe('what a dropped notification without an id leaves behind', () => {
  it('is not credited to one that looks the same and follows at once', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    let isFailing = true;
    await road.run(
      'polling',
      [
        pair(
          journal,
          () => undefined,
          () => (isFailing ? fail() : undefined),
        ),
      ],
      { retry: { attempts: 100, backoff: QUICK } },
    );
    const body = road.instance.build.quotaExceeded();
    road.instance.publish(body);
    const next = road.instance.publish(body);
    await eventually('a failure', () => journal.of('second').length > 0);
    expect(journal.of('first')).toHaveLength(1);
    road.instance.expireHead();
    await eventually('the next one to be handed out', () => next.handOuts.length > 0);
    isFailing = false;
    await within('it to be deleted', next.deleted);
    expect(journal.of('first').length).toBeGreaterThanOrEqual(2);
  });

  it('is not credited to one that looks the same: its late success', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const finish = new Deferred();
    await road.run(
      'polling',
      [inbox(journal, ({ kind }) => (kind === 'quotaExceeded' ? finish.promise : undefined))],
      { handlerTimeoutMs: 20, retry: { attempts: 100, backoff: QUICK } },
    );
    const body = road.instance.build.quotaExceeded();
    road.instance.publish(body);
    await eventually('its time-out', () => road.logs.having('ERROR', 'within 20 ms').length > 0);
    await road.clearQueue();
    await within('what came between', road.publish('between').deleted);
    finish.resolve();
    await within('the next to be deleted', road.instance.publish(body).deleted);
    expect(journal.runs.filter(({ kind }) => kind === 'quotaExceeded')).toHaveLength(2);
  });
});

describe('a store that never answers', () => {
  it('is not asked again once the application stops, and no handler begins after that', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const answer = new Deferred<boolean>();
    const store = { get: () => answer.promise, set: () => undefined };
    const app = await road.run('polling', [inbox(journal)], {
      deduplication: { store },
      shutdownTimeoutMs: 20,
    });
    const entry = road.publish('late');
    await eventually('it to be handed out', () => entry.handOuts.length === 1);
    await app.greenNotifications.stop();
    answer.resolve(false);
    await road.idle();
    expect(journal.runs).toEqual([]);
    expect(entry.state).toBe('queued');
  });
});
