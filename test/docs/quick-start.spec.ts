import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { messages, startEmulator } from '@green-notifications/emulator';
import { expect, it } from '@jest/globals';

import { CANARY_TOKEN } from '../support/canary.js';
import { snippetsOf } from './markdown.snippets.js';

const FLAGS = [
  '--conditions=@green-notifications/source',
  '--import',
  '@swc-node/register/esm-register',
];
const quoted = { stanzaId: '3EB0A1', participant: '79001230000@c.us' };

it('runs the quick start of the README as it stands there', async () => {
  const [appModule, main] = snippetsOf('README.md');
  // Inside the workspace, so that the packages are found.
  const folder = mkdtempSync(join(process.cwd(), 'test/docs/quick-start-'));
  await using emulator = await startEmulator({
    instances: [{ idInstance: 1101000001, apiTokenInstance: CANARY_TOKEN }],
  });
  writeFileSync(join(folder, 'app.module.ts'), appModule!.code);
  writeFileSync(join(folder, 'main.ts'), main!.code);
  const app = spawn(process.execPath, [...FLAGS, join(folder, 'main.ts')], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: {
      ...process.env,
      PORT: '0',
      GREEN_API_INSTANCE: '1101000001',
      GREEN_API_TOKEN: CANARY_TOKEN,
      GREEN_API_URL: emulator.url,
    },
  });
  const exited = once(app, 'exit');
  try {
    const instance = emulator.instance(1101000001);
    const texts = ['Hello', 'hello, see https://example.com', 'Hello again', 'Something else'];
    const entries = [
      messages.text(texts[0]!),
      messages.extendedText(texts[1]!),
      messages.quoted(texts[2]!, quoted),
      messages.text(texts[3]!),
    ].map((message) => instance.publish(instance.build.incoming(message)));
    await Promise.race([
      Promise.all(entries.map(({ deleted }) => deleted)),
      exited.then(() => Promise.reject(new Error('the application ended'))),
    ]);
    expect(instance.sentMessages.map(({ message }) => message)).toEqual(
      texts.slice(0, 3).map((text) => `You wrote: ${text}`),
    );
    expect(instance.settings.incomingWebhook).toBe('yes');
  } finally {
    app.kill('SIGTERM');
    await exited;
    rmSync(folder, { recursive: true });
  }
}, 60_000);
