import { type AddressInfo, createServer } from 'node:net';

import { type IncomingMessage, OnNotification, textOf } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { PLATFORMS, WebhookHarness } from './webhook.harness.js';

const handled: string[] = [];

@Injectable()
class Inbox {
  @OnNotification('incomingMessageReceived')
  onMessage(message: IncomingMessage) {
    handled.push(textOf(message) ?? '');
  }
}

/** GREEN-API has to know the address before the application listens there. */
function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      server.close(() => resolve(port));
    });
  });
}

describe.each(PLATFORMS)('the switch on %s', (platform) => {
  it('from polling to webhook and back is one option, and loses nothing', async () => {
    handled.length = 0;
    await using harness = await WebhookHarness.start(platform);
    const { instance } = harness;
    const port = await freePort();
    const publicUrl = `http://127.0.0.1:${port}/green-api/webhook`;
    const transports = ['polling', 'webhook', 'polling'] as const;
    for (const [round, transport] of transports.entries()) {
      const entries = ['a', 'b', 'c'].map((text) =>
        instance.publish(instance.build.incomingText(`${round}${text}`)),
      );
      const { app } = await harness.run(
        { providers: [Inbox] },
        { transport, settings: 'apply', webhook: { publicUrl }, port },
      );
      await Promise.all(entries.map(({ deleted }) => deleted));
      await app.close();
      expect(entries.map(({ handOuts }) => handOuts.at(-1)?.transport)).toEqual(
        entries.map(() => transport),
      );
      // By hand, since polling looks again only a minute after it was told that a webhook is set.
      instance.applySettings({ webhookUrl: '', webhookUrlToken: '' });
    }
    expect(handled).toEqual(['0a', '0b', '0c', '1a', '1b', '1c', '2a', '2b', '2c']);
  });
});
