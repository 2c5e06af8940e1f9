import { randomBytes } from 'node:crypto';

import { Client } from 'pg';

/** A database of its own on the server, dropped afterwards with all connections to it. */
export async function temporaryDatabase(
  serverUrl: string,
): Promise<AsyncDisposable & { readonly url: string; readonly client: Client }> {
  const name = `inbox_test_${randomBytes(6).toString('hex')}`;
  const admin = new Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`create database ${name}`);
  const url = new URL(serverUrl);
  url.pathname = `/${name}`;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  return {
    url: url.href,
    client,
    [Symbol.asyncDispose]: async () => {
      await client.end();
      await admin.query(`drop database ${name} with (force)`);
      await admin.end();
    },
  };
}
