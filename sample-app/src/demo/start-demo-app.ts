import type { Emulator } from '@green-notifications/emulator';
import type { INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import type { DemoOptions } from './demo.options.js';

export const DEMO_INSTANCE = { idInstance: 1101000001, apiTokenInstance: 'demo-token' };
const WEBHOOK_PATH = 'green-api/webhook';
const WEBHOOK_TOKEN = 'demo-webhook-token';

/** Starts the sample app like `pnpm start`, but against the emulator. */
export async function startDemoApp(
  transport: DemoOptions['transport'],
  emulator: Emulator,
  inboxDirectory: string | undefined,
): Promise<INestApplication> {
  Object.assign(process.env, {
    GREEN_API_TRANSPORT: transport,
    GREEN_API_URL: emulator.url,
    GREEN_API_INSTANCE: String(DEMO_INSTANCE.idInstance),
    GREEN_API_TOKEN: DEMO_INSTANCE.apiTokenInstance,
    GREEN_API_WEBHOOK_PATH: WEBHOOK_PATH,
    GREEN_API_WEBHOOK_TOKEN: WEBHOOK_TOKEN,
    SAMPLE_SPELLS: '*',
    AUDIT_LOG: '',
    DEAD_LETTERS: 'false',
    GREEN_API_INBOX: inboxDirectory === undefined ? 'none' : `pglite:${inboxDirectory}`,
    GREEN_API_INBOX_ROLE: 'all',
  });
  const { AppModule } = await import('../app.module.js');
  const app = await NestFactory.create(AppModule, { abortOnError: false, logger: ['fatal'] });
  if (transport === 'polling') return app.init();
  await app.listen(0, '127.0.0.1');
  emulator.instance(DEMO_INSTANCE.idInstance).applySettings({
    webhookUrl: `${await app.getUrl()}/${WEBHOOK_PATH}`,
    webhookUrlToken: WEBHOOK_TOKEN,
  });
  return app;
}
