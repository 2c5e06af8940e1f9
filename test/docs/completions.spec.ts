import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

import { messageTypes } from '../../packages/nestjs/src/notification/message/message-type.js';

const FILE = join(process.cwd(), 'test/docs/completed.ts');

let text = '';
let version = 0;
const { options } = ts.parseJsonConfigFileContent(
  ts.readConfigFile('tsconfig.json', (file) => ts.sys.readFile(file)).config,
  ts.sys,
  process.cwd(),
);
const readFile = (file: string) => (file === FILE ? text : ts.sys.readFile(file));
/** What editors ask. */
const service = ts.createLanguageService({
  ...ts.sys,
  useCaseSensitiveFileNames: () => ts.sys.useCaseSensitiveFileNames,
  getCompilationSettings: () => options,
  getScriptFileNames: () => [FILE],
  getScriptVersion: (file) => (file === FILE ? String(version) : '0'),
  getScriptSnapshot: (file) => {
    const found = readFile(file);
    return found === undefined ? undefined : ts.ScriptSnapshot.fromString(found);
  },
  getDefaultLibFileName: (all) => ts.getDefaultLibFilePath(all),
  fileExists: (file) => file === FILE || ts.sys.fileExists(file),
  readFile,
});

/** What an editor suggests at the `|` in the code. */
function suggestionsIn(code: string): readonly string[] {
  text = code.replace('|', '');
  version += 1;
  const found = service.getCompletionsAtPosition(FILE, code.indexOf('|'), {});
  return (found?.entries ?? []).map(({ name }) => name);
}

const handler = (conditions: string) => `
  import { OnNotification } from '@green-notifications/nestjs';
  export class Handlers {
    @OnNotification(${conditions})
    on() {}
  }`;

describe('an editor suggests', () => {
  it.each([
    ['typeMessage', `'incomingMessageReceived', { typeMessage: '|' }`, messageTypes],
    ['one of several', `'incomingMessageReceived', { typeMessage: ['|'] }`, messageTypes],
    [
      'another of several',
      `'incomingMessageReceived', { typeMessage: ['imageMessage', '|'] }`,
      messageTypes,
    ],
    [
      'for several kinds',
      `['incomingMessageReceived', 'outgoingMessageReceived'], { typeMessage: '|' }`,
      messageTypes,
    ],
    ['kind', `'|'`, ['incomingMessageReceived', 'quotaExceeded', '*', 'unknown']],
    ['status', `'outgoingMessageStatus', { status: '|' }`, ['delivered', 'noAccount']],
  ])(
    '%s',
    (_what, conditions, known) => {
      expect(suggestionsIn(handler(conditions))).toEqual(expect.arrayContaining([...known]));
    },
    60_000,
  );
});

it('is in docs/handlers.md as well: every typeMessage', () => {
  const [, section = ''] = readFileSync('docs/handlers.md', 'utf8').split(
    '### Which messages carry',
  );
  const [own = ''] = section.split('\nIf the parameter of a method');
  expect(messageTypes.filter((type) => !own.includes(`\`${type}\``))).toEqual([]);
});
