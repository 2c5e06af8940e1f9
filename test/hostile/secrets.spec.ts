import { inspect } from 'node:util';

import {
  GreenNotifications,
  GreenNotificationsModule,
  type GreenNotificationsModuleOptions,
} from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import type { DynamicModule, INestApplication } from '@nestjs/common';
import { ModulesContainer, NestFactory } from '@nestjs/core';

import { inbox, Journal } from '../road/support/recording-inbox.js';
import { Road, WEBHOOK_TOKEN } from '../road/support/road.js';
import { CANARY_TOKEN } from '../support/canary.js';
import { RecordingLogger } from '../support/recording.logger.js';
import { HostModule } from '../webhook/host.module.js';

const text = (value: unknown) => inspect(value, { depth: 30, maxArrayLength: null });

describe('what an application prints by accident', () => {
  it('contains no token of GreenNotifications, of its instances or of their clients', async () => {
    await using road = await Road.start(2);
    const own = `own-${CANARY_TOKEN}`;
    const { nest, greenNotifications } = await road.run('webhook', [inbox(new Journal())], {
      instances: [road.given(0), road.given(1, { webhookToken: own, transport: 'polling' })],
    });
    const [first] = greenNotifications.instances;
    const things = [nest.get(GreenNotifications), first, first!.client, greenNotifications.status];
    for (const thing of things) {
      const printed = [text(thing), JSON.stringify(greenNotifications.status)].join('\n');
      for (const secret of [CANARY_TOKEN, WEBHOOK_TOKEN, own])
        expect(printed).not.toContain(secret);
    }
  });

  it('contains no token in an error, whatever the address of GREEN-API is', async () => {
    await using road = await Road.start();
    for (const apiUrl of [
      'http://[::1',
      'http://user:hunter2@127.0.0.1',
      'https://api.green-api.com?x=1',
      'https://api.green-api.com#x',
      'ftp://127.0.0.1',
      'no url',
    ]) {
      const error: unknown = await road
        .run('polling', [inbox(new Journal())], { instances: [road.given(0, { apiUrl })] })
        .then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
      expect(error).toMatchObject({ code: 'INVALID_OPTIONS' });
      expect(text(error)).toContain('apiUrl must be a URL such as');
      expect(text(error)).not.toContain(CANARY_TOKEN);
      expect(text(error)).not.toContain('hunter2');
    }
  });
});

/** Everything that the application injects, in any module. */
function injectablesOf(app: INestApplication): readonly (readonly [string, unknown])[] {
  const wrappers = [...app.get(ModulesContainer).values()].flatMap((module) => [
    ...module.providers.values(),
    ...module.controllers.values(),
    ...module.injectables.values(),
  ]);
  const byInstance = new Map<unknown, unknown>(
    wrappers.map(({ instance, name }) => [instance, name]),
  );
  return [...byInstance].map(([instance, name]) => [String(name), instance]);
}

/** Everything on one line: to lay it out takes as long as to read it. */
const QUICK = { breakLength: Infinity, compact: true };

/** It shows more of an object than any logger does. */
function shownOf(value: unknown): string {
  return inspect(value, { depth: 12, showHidden: true, maxArrayLength: null, ...QUICK });
}

function jsonOf(value: unknown): string {
  try {
    return JSON.stringify(value) ?? '';
  } catch {
    // Most of them refer to each other in circles.
    return '';
  }
}

type Register = (given: GreenNotificationsModuleOptions) => DynamicModule;

const forRoot: Register = (given) => GreenNotificationsModule.forRoot(given);
const forRootAsync: Register = (given) =>
  GreenNotificationsModule.forRootAsync({ useFactory: () => given });

describe('what can be injected', () => {
  it.each([
    ['polling', forRoot],
    ['webhook', forRootAsync],
  ] as const)('prints no token while it receives by %s', async (transport, register) => {
    await using road = await Road.start(2);
    const options = road.options(transport, {
      settings: 'check',
      webhook: { token: WEBHOOK_TOKEN },
      instances: [road.given(0), road.given(1, { webhookToken: `own-${CANARY_TOKEN}` })],
    });
    const { nest } = await road.runModule(
      { providers: [inbox(new Journal())], imports: [register(options)] },
      { http: true, push: transport === 'webhook' },
    );
    road.publish('hello');
    await road.drained();
    const injectables = injectablesOf(nest);
    expect(injectables.length).toBeGreaterThan(40);
    // The other tokens of this test contain it, too.
    const leaking = injectables.filter(
      ([, one]) => shownOf(one).includes(CANARY_TOKEN) || jsonOf(one).includes(CANARY_TOKEN),
    );
    expect(leaking.map(([name]) => name)).toEqual([]);
  });
});

describe('options that are easy to attack', () => {
  it('draw one warning each, and none of them contains the token', async () => {
    const logger = new RecordingLogger();
    const app = await NestFactory.createApplicationContext(
      {
        module: HostModule,
        imports: [
          GreenNotificationsModule.forRoot({
            autoStart: false,
            instances: [
              {
                idInstance: 1,
                apiTokenInstance: CANARY_TOKEN,
                apiUrl: 'http://gateway.example.com',
              },
              { idInstance: 2, apiTokenInstance: CANARY_TOKEN, apiUrl: 'http://localhost:4100' },
              { idInstance: 3, apiTokenInstance: CANARY_TOKEN, webhookToken: 'hunter2' },
            ],
            webhook: { token: ['a token that is long enough', 'short'] },
          }),
        ],
      },
      { logger },
    );
    const warnings = logger.having('WARN', '').filter((line) => /guess|https/.test(line));
    expect(warnings).toHaveLength(3);
    expect(warnings.join('\n')).toMatch(
      /webhook\.token has fewer than 16[^]*apiUrl of 1 is not https[^]*webhookToken of 3 has fewer than 16/,
    );
    expect(warnings.join('\n')).not.toMatch(/hunter2|short\b/);
    await app.close();
  });
});
