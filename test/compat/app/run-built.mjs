// Starts the built application as a process of its own, once for each transport, and ends it as a
// process manager does. The deadlines are guards against hanging.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';

import { startEmulator } from '@green-notifications/emulator';

const CHAT = '79001234567@c.us';
const DEADLINE_MS = 60_000;

for (const transport of ['polling', 'webhook']) await answersBy(transport);

async function answersBy(transport) {
  const emulator = await startEmulator({
    instances: [{ idInstance: 1101000001, apiTokenInstance: 'token-of-the-console' }],
  });
  const instance = emulator.instance(1101000001);
  const app = spawn(process.execPath, ['dist/main.js'], {
    env: { ...process.env, GREEN_API_URL: emulator.url, GREEN_API_TRANSPORT: transport },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = once(app, 'exit');
  let printed = '';
  for (const stream of [app.stdout, app.stderr])
    stream.on('data', (chunk) => (printed += String(chunk)));
  try {
    const url = await inTime(
      'listens',
      listening(app, () => printed),
    );
    if (transport === 'webhook')
      instance.applySettings({
        webhookUrl: `${url}/green-api/webhook`,
        webhookUrlToken: 'token-of-the-webhook',
      });
    const entry = instance.publish(instance.build.incomingText('hi', { chatId: CHAT }));
    await inTime('acknowledges', entry.deleted);
    await inTime(
      'answers',
      instance.until(() => instance.sentMessages.length > 0),
    );
    assert.equal(instance.sentMessages[0].message, 'You said: hi');
    app.kill('SIGTERM');
    await inTime('ends', ended);
    console.log(`${transport}: answered`);
  } catch (error) {
    app.kill('SIGKILL');
    throw new Error(`${transport} failed. The application printed:\n${printed}`, { cause: error });
  } finally {
    await emulator.close();
  }
}

function listening(process, printed) {
  return new Promise((resolve, reject) => {
    process.stdout.on('data', () => {
      const [, url] = /Listening on (http\S+)/.exec(printed()) ?? [];
      if (url) resolve(url);
    });
    process.once('exit', () => reject(new Error('The application ended')));
  });
}

async function inTime(what, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(new Error(`The application never ${what}`)), DEADLINE_MS);
  });
  await Promise.race([promise, late]).finally(() => clearTimeout(timer));
  return promise;
}
