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
    ['a wrong schema', { directory: './a', schema: 'A;B' }, 'schema must consist of'],
    ['a wrong number', { directory: './a', concurrency: 0 }, 'concurrency must not be less than 1'],
    ['a wrong role', { directory: './a', role: 'boss' }, 'role must be one of'],
  ])('refuse %s, and name no password', (_what, options, message) => {
    const create = () => pgBossInbox(options as Parameters<typeof pgBossInbox>[0]);
    expect(create).toThrow(message);
    expect(create).toThrow(/^(?:(?!cret).)*$/s);
  });
});
