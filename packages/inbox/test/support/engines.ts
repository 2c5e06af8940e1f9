import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, describe } from '@jest/globals';
import { Logger } from '@nestjs/common';

import { embedded } from '../../src/connect/embedded.js';
import { server } from '../../src/connect/postgres.js';
import { InMemoryJobStore } from '../../src/jobs/in-memory.job-store.js';
import type { JobStore } from '../../src/jobs/job.store.js';
import { PgBossJobStore } from '../../src/postgres/pg-boss.job-store.js';
import { postgresUrl, temporarySchema } from './postgres.js';

Logger.overrideLogger(false);

/** A place where jobs are kept during one test. */
export interface Place extends AsyncDisposable {
  /** Another connection to the place, as another process has it. */
  connect(): Promise<JobStore>;
  /** Runs SQL beside the product. Undefined in memory. */
  readonly sql: ((text: string, values?: unknown[]) => Promise<readonly unknown[]>) | undefined;
}

export interface Engine {
  readonly name: string;
  /** Whether several processes can use one place. */
  readonly isShared: boolean;
  open(): Promise<Place>;
}

const memory: Engine = {
  name: 'in memory',
  isShared: true,
  async open() {
    const store = new InMemoryJobStore();
    return { connect: async () => store, sql: undefined, [Symbol.asyncDispose]: async () => {} };
  },
};

/** Creating a directory takes seconds, so the tests of a file share one, with a schema for each. */
function pglite(): Engine {
  let directory: string | undefined;
  let places = 0;
  afterAll(async () => {
    if (directory !== undefined) await rm(directory, { recursive: true, force: true });
  });
  return {
    name: 'on PGlite',
    isShared: false,
    async open() {
      directory ??= await mkdtemp(path.join(tmpdir(), 'green-inbox-'));
      const connect = embedded(directory);
      const schema = `inbox_test_${(places += 1)}`;
      const opened: JobStore[] = [];
      const close = async () => {
        for (const store of opened.splice(0)) await store.close();
      };
      return {
        connect: async () => {
          await close();
          const store = new PgBossJobStore(connect, schema);
          opened.push(store);
          await store.open();
          return store;
        },
        sql: undefined,
        [Symbol.asyncDispose]: close,
      };
    },
  };
}

function postgres(url: string): Engine {
  return {
    name: 'on PostgreSQL',
    isShared: true,
    async open() {
      const temporary = await temporarySchema(url);
      const opened: JobStore[] = [];
      return {
        connect: async () => {
          const store = new PgBossJobStore(server(url), temporary.schema);
          opened.push(store);
          await store.open();
          return store;
        },
        sql: async (text, values) => (await temporary.client.query(text, values)).rows as unknown[],
        [Symbol.asyncDispose]: async () => {
          for (const store of opened) await store.close();
          await temporary[Symbol.asyncDispose]();
        },
      };
    },
  };
}

/** Runs the tests on each engine. Without a PostgreSQL server its tests are skipped by name. */
export async function describeEngines(
  title: string,
  tests: (engine: Engine) => void,
  { shared = false }: { readonly shared?: boolean } = {},
) {
  const url = await postgresUrl();
  const engines = [memory, pglite(), ...(url === undefined ? [] : [postgres(url)])];
  for (const engine of engines.filter(({ isShared }) => isShared || !shared)) {
    describe(`${title}, ${engine.name}`, () => {
      tests(engine);
    });
  }
  if (url === undefined) {
    // oxlint-disable-next-line no-disabled-tests -- so that the report names what did not run
    describe.skip(`${title}, on PostgreSQL: no server, set GREEN_TEST_POSTGRES_URL`, () => {
      tests(memory);
    });
  }
}

/** Runs the tests with the URL of a server. Without one they are skipped by name. */
export async function describeWithPostgres(title: string, tests: (url: string) => void) {
  const url = await postgresUrl();
  if (url !== undefined) {
    // oxlint-disable-next-line valid-title -- a title of the caller
    describe(title, () => {
      tests(url);
    });
    return;
  }
  // oxlint-disable-next-line no-disabled-tests -- so that the report names what did not run
  describe.skip(`${title}: no server, set GREEN_TEST_POSTGRES_URL`, () => {
    tests('');
  });
}
