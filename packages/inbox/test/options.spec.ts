import { describe, expect, it } from '@jest/globals';

import { pgBossInbox } from '../src/index.js';

describe('the options of an inbox', () => {
  it.each<[string, unknown, string]>([
    ['no object', undefined, 'give pgBossInbox an object'],
    ['no place', {}, 'set exactly one of'],
    ['two places', { directory: './a', connectionString: 'postgres://h/d' }, 'not directory and'],
    ['a misspelt option', { directory: './a', concurency: 5 }, 'there is no option concurency'],
    ['a URL as a directory', { directory: 'postgres://u:s3cret@h/d' }, 'set connectionString'],
    ['an empty directory', { directory: '' }, 'path of a directory'],
    ['another database', { connectionString: 'mysql://u:s3cret@h/d' }, 'such as postgres://'],
    ['no URL', { connectionString: 'postgres://u:s3#cret@h:x/d' }, 'encodeURIComponent'],
    ['@ in a password', { connectionString: 'postgres://u:s3@cret@h/d' }, 'encodeURIComponent'],
    ['/ in a password', { connectionString: 'postgres://u:s3/cret@h/d' }, 'encodeURIComponent'],
    ['something else as a pool', { pool: 'postgres://u:s3cret@h/d' }, 'give it a Pool of pg'],
    ['something else as a knex', { knex: { raw: () => 1 } }, 'knex has no transaction()'],
    ['something else as a boss', { boss: {} }, 'give it a PgBoss of pg-boss 12'],
    ['a schema of no boss', { directory: './a', bossSchema: 'jobs' }, 'set schema'],
    ['a long schema', { directory: './a', schema: 'a'.repeat(51) }, 'schema must be 1 to 50'],
    ['a wrong schema', { directory: './a', schema: 'A;B' }, 'schema must be 1 to 50 small letters'],
    ['a wrong number', { directory: './a', concurrency: 0 }, 'concurrency must not be less than 1'],
    ['a wrong role', { directory: './a', role: 'boss' }, 'role must be one of'],
  ])('refuse %s, and name no password', (_what, options, message) => {
    const create = () => pgBossInbox(options as Parameters<typeof pgBossInbox>[0]);
    expect(create).toThrow(message);
    expect(create).toThrow(/^(?:(?!cret).)*$/s);
  });
});
