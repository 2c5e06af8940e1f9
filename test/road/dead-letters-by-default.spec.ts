import { mkdir, mkdtemp, readdir, readFile, realpath, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import {
  type DeadLetter,
  type DeadLetterStore,
  FileDeadLetterStore,
  GreenNotificationsModule,
  OnDeadLetter,
  Reject,
} from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { eventually, within } from './support/eventually.js';
import { fail, inbox, Journal, pair } from './support/recording-inbox.js';
import { NO_DEAD_LETTERS, QUICK, Road, type RunOptions, TRANSPORTS } from './support/road.js';
import { without } from './support/without.js';

const FILE = 'green-notifications.dead-letters.jsonl';
const reject = () => {
  throw new Reject('never');
};

/** A working directory of its own, until the test ends. */
async function workingDirectory() {
  const before = process.cwd();
  const path = await realpath(await mkdtemp(join(tmpdir(), 'road-')));
  process.chdir(path);
  return {
    path,
    async [Symbol.asyncDispose]() {
      process.chdir(before);
      await rm(path, { recursive: true });
    },
  };
}

/** The options of the harness without `deadLetters`, as of somebody who never heard of them. */
function silentOptions(road: Road, options: RunOptions = {}) {
  return without(road.options('polling', options), 'deadLetters');
}

async function runSilently(road: Road, providers: Parameters<Road['run']>[1], options = {}) {
  return road.runModule({
    imports: [GreenNotificationsModule.forRoot(silentOptions(road, options))],
    providers: [...providers],
  });
}

describe('dead letters, with nothing configured', () => {
  it('go to a file in the working directory that only its owner can read', async () => {
    await using road = await Road.start();
    await using directory = await workingDirectory();
    const journal = new Journal();
    const app = await runSilently(road, [
      inbox(journal, ({ text }) => (text === 'poison' ? reject() : undefined)),
    ]);
    road.publish('poison');
    await within('what is behind it to be deleted', road.publish('behind').deleted);
    expect(journal.texts).toEqual(['poison', 'behind']);
    expect(await readdir(directory.path)).toEqual([FILE, `${FILE}.lock`]);
    expect((await stat(join(directory.path, FILE))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(directory.path, FILE), 'utf8')).toContain('poison');
    await app.nest.close();
  });

  it('are said in one line at the start', async () => {
    await using road = await Road.start();
    await using _ = await workingDirectory();
    const app = await runSilently(road, [inbox(new Journal())]);
    expect(road.logs.lines.filter((line) => line.includes(FILE))).toHaveLength(1);
    expect(road.logs.having('WARN', '')).toEqual([]);
    await app.nest.close();
  });

  it('are there for the next process', async () => {
    await using road = await Road.start();
    await using _ = await workingDirectory();
    const before = await runSilently(road, [inbox(new Journal(), reject)]);
    await within('it to be deleted', road.publish('poison').deleted);
    await before.nest.close();
    const journal = new Journal();
    const { greenNotifications, nest } = await runSilently(road, [inbox(journal)]);
    const [letter] = await greenNotifications.deadLetters.list();
    expect(letter).toMatchObject({ handler: 'Inbox.onAny', attempts: 1 });
    await within('the redrive', greenNotifications.deadLetters.redrive(letter!.id));
    expect(journal.texts).toEqual(['poison']);
    expect(await greenNotifications.deadLetters.list()).toEqual([]);
    await nest.close();
  });

  it('leave no file where nothing is started', async () => {
    await using road = await Road.start();
    await using directory = await workingDirectory();
    const app = await runSilently(road, [inbox(new Journal())], { autoStart: false });
    await app.nest.close();
    for (const name of await readdir(directory.path)) {
      // Looking whether it can be written may make it, empty.
      expect((await stat(join(directory.path, name))).size).toBe(0);
    }
  });

  it('that cannot be written are said, and nothing is given up on, and nothing lost', async () => {
    await using road = await Road.start();
    await using directory = await workingDirectory();
    await mkdir(join(directory.path, FILE));
    const journal = new Journal();
    const app = await runSilently(road, [inbox(journal, () => fail())], {
      retry: { attempts: 2, backoff: QUICK },
    });
    expect(road.logs.having('WARN', FILE)).toHaveLength(1);
    const entry = road.publish('poison');
    await eventually('it to be tried on and on', () => journal.runs.length >= 6);
    expect(entry.state).toBe('queued');
    expect(app.first).toMatchObject({ stuck: 1, deadLettered: 0 });
    await app.nest.close();
  });

  it('that another process writes are said, and are written when that one has ended', async () => {
    await using road = await Road.start();
    await using _ = await workingDirectory();
    const other = new FileDeadLetterStore(FILE);
    await other.check();
    const app = await runSilently(road, [inbox(new Journal(), reject)], {
      retry: { backoff: QUICK },
    });
    expect(road.logs.having('WARN', `${FILE} is in use by`)).toHaveLength(1);
    const entry = road.publish('poison');
    await road.logs.until('ERROR', 'The dead letter store failed');
    expect(entry.state).toBe('queued');
    await other.close();
    await entry.deleted;
    expect(app.first).toMatchObject({ stuck: 0, deadLettered: 1 });
    await app.nest.close();
  }, 30_000);

  it('that are named and cannot be written stop the start', async () => {
    await using road = await Road.start();
    await using directory = await workingDirectory();
    await expect(
      road.run('polling', [inbox(new Journal())], { deadLetters: { file: directory.path } }),
    ).rejects.toMatchObject({ code: 'DEAD_LETTER_STORE_UNUSABLE' });
  });
});

describe('deadLetters: false', () => {
  it('never gives up, and says at the start what that means', async () => {
    await using road = await Road.start();
    await using directory = await workingDirectory();
    const journal = new Journal();
    const app = await road.run('polling', [inbox(journal, () => fail())], {
      deadLetters: NO_DEAD_LETTERS,
      retry: { attempts: 2, backoff: QUICK },
    });
    const said = road.logs.lines.filter((line) => /deadLetters/.test(line));
    expect(said).toHaveLength(1);
    const entry = road.publish('poison');
    await eventually('it to be tried on and on', () => journal.runs.length >= 6);
    expect(entry.state).toBe('queued');
    expect(app.first.stuck).toBe(1);
    expect(await readdir(directory.path)).toEqual([]);
  });

  it('does not let Reject give up either', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    await road.run('polling', [inbox(journal, reject)], { deadLetters: NO_DEAD_LETTERS });
    const entry = road.publish('poison');
    await eventually('a third attempt', () => journal.runs.length >= 3);
    expect(entry.state).toBe('queued');
  });

  it('and @OnDeadLetter do not go together: it is refused, or said which method waits in vain', async () => {
    await using road = await Road.start();
    @Injectable()
    class Alarm {
      @OnDeadLetter()
      onDeadLetter(_letter: DeadLetter): void {}
    }
    const refusal = await road
      .run('polling', [inbox(new Journal()), Alarm], { deadLetters: NO_DEAD_LETTERS })
      .then(
        () => '',
        (error: Error) => error.message,
      );
    const said = [...road.logs.having('WARN', ''), ...road.logs.having('ERROR', ''), refusal];
    expect(said.filter((line) => line.includes('Alarm.onDeadLetter'))).not.toEqual([]);
  });
});

/** A store of the application's own, which writes down how it is used and fails as it is told. */
class OwnStore implements DeadLetterStore {
  readonly puts: string[][] = [];
  readonly kept = new Map<string, DeadLetter>();
  lists = 0;
  checks = 0;

  constructor(private readonly failsAt: (handlers: readonly string[], put: number) => boolean) {}

  async put(letters: readonly DeadLetter[]): Promise<void> {
    // One letter or several: how they come is what is looked at.
    const all = [letters].flat();
    const handlers = all.map((letter) => (letter.kind === 'unhandled' ? letter.handler : ''));
    this.puts.push(handlers.toSorted());
    if (this.failsAt(handlers, this.puts.length)) throw new Error('disk full');
    for (const letter of all) this.kept.set(letter.id, letter);
  }

  async get(id: string): Promise<DeadLetter | undefined> {
    return this.kept.get(id);
  }

  async list(): Promise<readonly DeadLetter[]> {
    this.lists += 1;
    return [...this.kept.values()];
  }

  async discard(id: string): Promise<boolean> {
    return this.kept.delete(id);
  }

  async check(): Promise<void> {
    this.checks += 1;
  }
}

describe.each(TRANSPORTS)(
  'the dead letters of two handlers of one notification (%s)',
  (transport) => {
    const BOTH = ['Pair.first', 'Pair.second'];

    it('are stored all or none: a store that fails at one leaves no orphan', async () => {
      await using road = await Road.start();
      let isFull = true;
      const store = new OwnStore((handlers) => isFull && handlers.includes('Pair.second'));
      const journal = new Journal();
      const app = await road.run(transport, [pair(journal, reject, reject)], {
        deadLetters: { store },
      });
      const entry = road.publish('poison');
      await eventually(
        'the store to fail',
        () => road.logs.having('ERROR', 'disk full').length > 0,
      );
      expect(entry.state).toBe('queued');
      expect([...store.kept.values()]).toEqual([]);
      expect(app.first).toMatchObject({ deadLettered: 0, acknowledged: 0 });
      isFull = false;
      await within('it to be deleted', entry.deleted);
      expect(store.puts.at(-1)).toEqual(BOTH);
      expect(store.puts.every((handlers) => handlers.length === 2)).toBe(true);
      expect(store.kept.size).toBe(2);
      expect(app.first).toMatchObject({ stuck: 0 });
    });

    it('are stored together, when one gives up later than the other', async () => {
      await using road = await Road.start();
      const store = new OwnStore(() => false);
      const journal = new Journal();
      const told: DeadLetter[] = [];
      @Injectable()
      class Alarm {
        @OnDeadLetter()
        onDeadLetter(letter: DeadLetter): void {
          told.push(letter);
        }
      }
      await road.run(transport, [pair(journal, reject, () => fail()), Alarm], {
        deadLetters: { store },
        retry: { attempts: 3, backoff: QUICK },
      });
      await within('it to be deleted', road.publish('poison').deleted);
      expect(store.puts).toEqual([BOTH]);
      expect(journal.attempts('first')).toEqual([1]);
      expect(journal.attempts('second')).toEqual([1, 2, 3]);
      await eventually('both to be told of', () => told.length === 2);
    });

    it('are told of only once they are safe', async () => {
      await using road = await Road.start();
      const told: DeadLetter[] = [];
      @Injectable()
      class Alarm {
        @OnDeadLetter()
        onDeadLetter(letter: DeadLetter): void {
          told.push(letter);
        }
      }
      const store = new OwnStore((_handlers, put) => put === 1);
      await road.run(transport, [pair(new Journal(), reject, reject), Alarm], {
        deadLetters: { store },
      });
      await within('it to be deleted', road.publish('poison').deleted);
      await eventually('both to be told of', () => told.length >= 2);
      expect(told).toHaveLength(2);
      expect(store.puts).toEqual([BOTH, BOTH]);
    });
  },
);

describe('a store of the application', () => {
  it('is checked at the start, and not listed', async () => {
    await using road = await Road.start();
    const store = new OwnStore(() => false);
    await road.run('polling', [inbox(new Journal())], { deadLetters: { store } });
    expect(store).toMatchObject({ checks: 1, lists: 0 });
  });

  it('that says it cannot be used stops the start', async () => {
    await using road = await Road.start();
    const store = new OwnStore(() => false);
    store.check = () => Promise.reject(new Error('no such table'));
    await expect(
      road.run('polling', [inbox(new Journal())], { deadLetters: { store } }),
    ).rejects.toMatchObject({ code: 'DEAD_LETTER_STORE_UNUSABLE' });
    expect(road.instance.requests.records).toEqual([]);
  });

  it('needs no check of its own', async () => {
    await using road = await Road.start();
    const { put, get, list, discard } = OwnStore.prototype;
    const store = Object.assign(Object.create({ put, get, list, discard }), {
      puts: [],
      kept: new Map(),
      lists: 0,
      failsAt: () => false,
    }) as OwnStore;
    await road.run('polling', [inbox(new Journal(), reject)], { deadLetters: { store } });
    await within('it to be deleted', road.publish('poison').deleted);
    expect(store.lists).toBe(0);
    expect(store.kept.size).toBe(1);
  });
});
