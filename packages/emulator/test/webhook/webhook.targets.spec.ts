import type { LookupAddress } from 'node:dns';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import {
  slowHeaders,
  startEmulator,
  SystemClock,
  type Emulator,
  type EmulatedInstance,
  type EmulatorOptions,
  type RefusedWebhook,
} from '../../src/index.js';
import { WebhookClient } from '../../src/webhook/webhook.client.js';
import { WebhookTargets } from '../../src/webhook/webhook.targets.js';
import { WebhookReceiver } from '../support/webhook.receiver.js';

/**
 * Stands for an address in the local network: it is not a loopback address, but a connection to it
 * reaches the receiver of these tests.
 */
const OTHER_ADDRESS = '0.0.0.0';

describe('where webhooks are posted', () => {
  let receiver: WebhookReceiver;
  let url: (host: string) => string;

  beforeEach(async () => {
    receiver = new WebhookReceiver();
    const listening = await receiver.listen();
    url = (host) => listening.replace('127.0.0.1', host);
  });
  afterEach(() => receiver.close());

  describe('by an emulator', () => {
    let emulator: Emulator;
    let instance: EmulatedInstance;
    let refused: RefusedWebhook[];

    async function start(webhookUrl: string, options: EmulatorOptions = {}): Promise<void> {
      refused = [];
      emulator = await startEmulator({
        webhook: { retryPauseMs: 1 },
        newInstances: { settings: { webhookUrl } },
        onWebhookRefused: (webhook) => refused.push(webhook),
        ...options,
      });
      instance = emulator.instance(1);
    }
    afterEach(() => emulator.close());

    it.each(['127.0.0.1', 'localhost', '[::ffff:127.0.0.1]'])('may be %s', async (host) => {
      await start(url(host));
      await instance.publish('{}').deleted;
      expect(receiver.pushes).toHaveLength(1);
      expect(refused).toEqual([]);
    });

    it.each([OTHER_ADDRESS, '[::ffff:0.0.0.0]', '0', '10.0.0.7', '169.254.169.254', '[fd00::1]'])(
      'may not be %s: nothing is sent, and it counts as a failed attempt',
      async (host) => {
        await start(url(host));
        const entry = instance.publish('{}');
        await instance.until(() => entry.handOuts.length > 2);
        expect(entry.handOuts[1]).toEqual({
          transport: 'webhook',
          atMs: expect.any(Number),
          failure: 'not-allowed',
        });
        expect(entry.state).toBe('queued');
        expect(receiver.connections).toBe(0);
      },
    );

    it('is reported once for each instance and URL, without what follows the host', async () => {
      await start(url(OTHER_ADDRESS));
      for (const each of [instance, emulator.instance(2)]) {
        const entry = each.publish('{}');
        await each.until(() => entry.handOuts.length > 2);
      }
      expect(refused).toEqual([
        { idInstance: '1', host: OTHER_ADDRESS },
        { idInstance: '2', host: OTHER_ADDRESS },
      ]);
      instance.applySettings({ webhookUrl: 'http://10.0.0.7/secret' });
      await instance.until(() => refused.length > 2);
      expect(refused[2]).toEqual({ idInstance: '1', host: '10.0.0.7' });
    });

    it.each([[[OTHER_ADDRESS]], [['*']], [['10.0.0.7', '0']]])(
      'may be other hosts that the option allows: %j',
      async (allowedWebhookHosts) => {
        await start(url(OTHER_ADDRESS), { allowedWebhookHosts });
        await instance.publish('{}').deleted;
        expect(receiver.pushes).toHaveLength(1);
      },
    );

    it('is not changed by a redirect, even to an allowed host', async () => {
      receiver.answer = ({ response }) =>
        void response.writeHead(307, { location: url('localhost') }).end();
      await start(url('127.0.0.1'));
      const entry = instance.publish('{}');
      await instance.until(() => entry.handOuts.length > 1);
      expect(entry.handOuts[0]?.status).toBe(307);
      expect(receiver.pushes.every(({ headers }) => headers.host?.startsWith('127.'))).toBe(true);
    });

    it('may not be another host for a fault that writes the request itself', async () => {
      await start(url(OTHER_ADDRESS));
      emulator.faults.nextPush({ times: Infinity }, slowHeaders(1));
      const entry = instance.publish('{}');
      await instance.until(() => entry.handOuts[0]?.failure !== undefined);
      expect(entry.handOuts[0]?.failure).toBe('not-allowed');
      expect(receiver.connections).toBe(0);
    });

    it.each(['http://10.0.0.7', '10.0.0.7:80', '*.test'])(
      'cannot be allowed as %p, which is no host',
      async (host) => {
        await start('');
        await expect(startEmulator({ allowedWebhookHosts: [host] })).rejects.toThrow(
          `allowedWebhookHosts contains ${JSON.stringify(host)}`,
        );
      },
    );
  });

  describe('by a name', () => {
    let client: WebhookClient;
    afterEach(() => client.close());

    /** A client for which each lookup of any name finds the next of these lists of addresses. */
    function resolvingTo(...answers: readonly string[][]): void {
      const left = [...answers];
      client = new WebhookClient(
        new SystemClock(),
        new WebhookTargets(['known.test'], (_host, _options, callback) => {
          const addresses = left.shift() ?? [];
          callback(
            null,
            addresses.map((address): LookupAddress => ({ address, family: 4 })),
          );
        }),
      );
    }

    const post = (host: string) =>
      client.post({
        url: url(host),
        headers: {},
        body: Buffer.from('{}'),
        answerTimeoutMs: 5000,
        closing: new AbortController().signal,
      });

    it('is allowed if its address is', async () => {
      resolvingTo(['127.0.0.1']);
      expect(await post('app.test')).toEqual({ status: 200 });
    });

    it('DNS rebinding: is refused when its address changes after the first post', async () => {
      receiver.answer = ({ response }) =>
        void response.writeHead(500, { connection: 'close' }).end();
      resolvingTo(['127.0.0.1'], [OTHER_ADDRESS]);
      expect(await post('evil.test')).toEqual({ status: 500 });
      expect(await post('evil.test')).toEqual({ failure: 'not-allowed' });
      expect(receiver.connections).toBe(1);
    });

    it('DNS rebinding: is never reached by its other addresses', async () => {
      // Nothing listens at the first address, so the connection would try the second.
      resolvingTo(['127.0.0.2', OTHER_ADDRESS]);
      expect(await post('evil.test')).toEqual({ failure: 'connection' });
      expect(receiver.connections).toBe(0);
    });

    it('may have any address if the name is allowed', async () => {
      resolvingTo([OTHER_ADDRESS]);
      expect(await post('KNOWN.test')).toEqual({ status: 200 });
    });
  });
});
