import { inspect } from 'node:util';

import { GreenNotifications, GreenNotificationsModule } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { NestFactory } from '@nestjs/core';

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
