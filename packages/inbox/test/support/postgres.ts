import { randomBytes } from 'node:crypto';

import { Client } from 'pg';

const DEFAULT_URL = 'postgres://postgres@127.0.0.1:5432/postgres';

/** The server of the environment, or one on this machine. Undefined if there is none. */
export async function postgresUrl(): Promise<string | undefined> {
  const { GREEN_TEST_POSTGRES_URL: given } = process.env;
  const url = given ?? DEFAULT_URL;
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 3000 });
  try {
    await client.connect();
    return url;
  } catch (error) {
    if (given !== undefined) throw error;
    return undefined;
  } finally {
    await client.end().catch(() => undefined);
  }
}

/** A schema of its own, dropped afterwards. */
export async function temporarySchema(
  url: string,
): Promise<AsyncDisposable & { readonly schema: string; readonly client: Client }> {
  const schema = `inbox_test_${randomBytes(6).toString('hex')}`;
  const client = new Client({ connectionString: url });
  await client.connect();
  return {
    schema,
    client,
    [Symbol.asyncDispose]: async () => {
      await client.query(`drop schema if exists ${schema} cascade`);
      await client.end();
    },
  };
}
