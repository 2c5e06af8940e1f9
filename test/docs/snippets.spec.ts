import { readdirSync } from 'node:fs';
import { join } from 'node:path';

import { describe, expect, it } from '@jest/globals';

import { snippetsOf } from './markdown.snippets.js';
import { problemsOf } from './snippet.compiler.js';

/** What the snippets take for granted; those with imports of their own stand for themselves. */
const PRELUDE = `
import { pgBossInbox, type SqlTransaction } from '@green-notifications/inbox';
import assert from 'node:assert/strict';
import { createReadStream, createWriteStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { ChatId, Ctx, fileToSend, GREEN_API_TELEGRAM_AND_MAX_SENDERS, GREEN_API_WHATSAPP_SENDERS,
  type GreenNotificationsModuleOptions, type GreenApiClient, GreenNotifications, GreenNotificationsModule,
  type GreenNotificationsOptionsFactory, type IncomingMessage, InjectGreenApi, type MessageSender,
  type Notification, NotificationContext, NotificationExecutionContext, type NotificationOf, OnNotification,
  type OutgoingMessage, Payload, Reject, RetryAfter, Sender, Text, type UnknownNotification, chatIdOf,
  fileOf, textOf } from '@green-notifications/nestjs';
import { NotificationTestBed, type TestTransaction, incomingMessage, incomingText, outgoingMessageStatus, replaceTransport,
  unknownNotification } from '@green-notifications/nestjs/testing';
import { type ArgumentsHost, type CanActivate, Catch, DefaultValuePipe, type ExceptionFilter,
  type ExecutionContext, Inject, Injectable, Module, NotFoundException, Scope, SetMetadata, UseFilters, UseGuards, UsePipes,
  ValidationPipe, createParamDecorator } from '@nestjs/common';
import { REQUEST } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { SkipThrottle } from '@nestjs/throttler';
import { IsString, MaxLength } from 'class-validator';
declare class ConfigService { get(name: string): any; getOrThrow(name: string): any }
`;

const standingAlone = (code: string) => (code.startsWith('import ') ? code : PRELUDE + code);

/** The quick start is two files, and one imports the other. */
const appModule = `./line-${snippetsOf('README.md')[0]!.line}.js`;

/** Each page with TypeScript, and how many blocks it has at least. */
const PAGES: [page: string, least: number][] = [
  ['README.md', 2],
  ['docs/calling.md', 4],
  ['docs/first-message.md', 1],
  ['docs/handlers.md', 13],
  ['docs/inbox.md', 6],
  ['docs/polling-or-webhook.md', 3],
  ['docs/recipes.md', 6],
  ['docs/running.md', 3],
  ['docs/scaling.md', 2],
  ['packages/inbox/README.md', 1],
];

describe('the documentation', () => {
  it.each(PAGES)(
    'shows in %s only what compiles',
    (page, least) => {
      const snippets = snippetsOf(page).map(({ line, code }) => ({
        line,
        code: standingAlone(code).replace('./app.module.js', appModule),
      }));
      expect(snippets.length).toBeGreaterThanOrEqual(least);
      expect(problemsOf(snippets, join(process.cwd(), 'test/docs/snippets'))).toEqual([]);
    },
    60_000,
  );

  it('is checked on every page', () => {
    const pages = ['.', 'docs', 'packages/inbox'].flatMap((folder) =>
      readdirSync(folder).map((name) => join(folder, name)),
    );
    const withCode = pages.filter((page) => page.endsWith('.md') && snippetsOf(page).length > 0);
    expect(withCode.toSorted()).toEqual(PAGES.map(([page]) => page).toSorted());
  });

  it('would notice what does not compile', () => {
    const wrong = `${PRELUDE}
      class Mistaken {
        @OnNotification('incomingMessageReceived', { typeMessage: 'textMessage' })
        onText(message: IncomingMessage<'imageMessage'>) {}
      }`;
    const problems = problemsOf([{ line: 1, code: wrong }], join(process.cwd(), 'test/docs/wrong'));
    expect(problems).toEqual([
      expect.stringContaining(
        'The parameter of this method cannot take what this decorator asks for',
      ),
    ]);
  }, 60_000);
});
