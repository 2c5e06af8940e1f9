import { readFileSync } from 'node:fs';

import { catalogue } from '@green-notifications/emulator';
import { describe, expect, it, jest } from '@jest/globals';

import { notificationKinds } from '../../packages/nestjs/src/notification/kind.guards.js';
import { messageTypes } from '../../packages/nestjs/src/notification/message/message-type.js';
import { ChangedSources } from './changed.sources.js';

// The compiler reads the whole module.
jest.setTimeout(120_000);

/** GREEN-API names these without a body, or spells another type's name like this. */
const WITHOUT_PUBLISHED_BODY: ReadonlySet<string> = new Set([
  'orderMessage',
  'productMessage',
  'pollCreationMessage',
  'liveLocationMessage',
  'pinInChatMessage',
  'keepInChat',
  'ContactsArrayMessage',
  'templateButtonReplyMessage',
]);

const guide = readFileSync('CONTRIBUTING.md', 'utf8');

/** The files that the table under a heading names in its first column. */
function filesUnder(heading: string): readonly string[] {
  const [, section = ''] = guide.split(`## ${heading}\n`);
  const [own = ''] = section.split('\n## ');
  const rows = own.split('\n').filter((line) => line.trim().startsWith('| `'));
  return rows.flatMap((row) => [...row.split('|')[1]!.matchAll(/`([^`]+)`/g)].map(([, f]) => f!));
}

describe('the recipes of CONTRIBUTING.md', () => {
  const sources = new ChangedSources();

  it('start from sources that compile', () => {
    expect(sources.brokenBy('notification/notification.ts', (source) => source)).toEqual([]);
  });

  it('name every file that the compiler asks for when a kind is added', () => {
    const broken = sources.brokenBy('notification/notification.ts', (source) =>
      source.replace(
        'export interface NotificationByKind {',
        `export interface NotificationByKind {
           recipeOpened: { typeWebhook: 'recipeOpened'; recipeData: { title: string } };`,
      ),
    );
    expect(broken).toEqual(filesUnder('Add a kind of notification').toSorted());
  });

  it('name every file that the compiler asks for when a type of message is added', () => {
    const broken = sources.brokenBy('notification/message/message-data.ts', (source) =>
      source.replace(
        'export interface MessageDataByType {',
        `export interface MessageDataByType {
           recipeMessage: { typeMessage: 'recipeMessage'; recipeMessageData: { title: string } };`,
      ),
    );
    expect(broken).toEqual(filesUnder('Add a type of message').toSorted());
  });

  it.each([
    ['kind', notificationKinds, catalogue.map(({ typeWebhook }) => typeWebhook)],
    ['type of message', messageTypes, catalogue.map(({ typeMessage }) => typeMessage)],
  ])('lead to an emulator that publishes every %s that the module knows', (_what, known, made) => {
    const published = new Set<string | undefined>([...made, ...WITHOUT_PUBLISHED_BODY]);
    expect(known.filter((name) => !published.has(name))).toEqual([]);
  });
});
