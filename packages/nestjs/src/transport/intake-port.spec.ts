import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { NEVER } from 'rxjs';

import { NotificationIntake, type RawDelivery } from '../delivery/notification.intake.js';
import type { Outcome } from '../delivery/outcome.js';
import { InstanceRegistry } from '../instance/instance.registry.js';
import type { PollingSchedule } from './polling/polling-schedule.js';
import { PollingTransport } from './polling/polling.transport.js';
import type { ApplicationWatch } from './webhook/application-watch.js';
import { RefusalLog } from './webhook/gate/refusal.log.js';
import { WebhookTransport } from './webhook/webhook.transport.js';

const ACKNOWLEDGED: Outcome = { result: 'acknowledged', reason: 'handled', runs: [] };
const RETRY: Outcome = { result: 'retry', retryAfterMs: 1, runs: [] };

function withResolvers() {
  let resolve = () => {};
  const promise = new Promise<void>((settle) => (resolve = settle));
  return { promise, resolve };
}

/** An intake that returns planned outcomes: no stream, no dispatcher, no handler. */
class PlannedIntake extends NotificationIntake {
  readonly events: string[] = [];
  readonly empty = withResolvers();

  constructor(private readonly outcomes: Outcome[]) {
    super();
  }

  async accept({ body }: RawDelivery): Promise<Outcome> {
    this.events.push(`accept ${JSON.stringify(body)}`);
    return this.outcomes.shift() ?? ACKNOWLEDGED;
  }

  async deleted({ body }: RawDelivery): Promise<void> {
    this.events.push(`deleted ${JSON.stringify(body)}`);
  }

  async emptied(): Promise<void> {
    this.events.push('emptied');
    this.empty.resolve();
  }
}

/** An HTTP server with a queue and GREEN-API's two queue methods. */
class Gateway {
  readonly requests: string[] = [];
  private readonly server: Server;

  constructor(queue: unknown[]) {
    this.server = createServer(({ method }, response) => {
      const isReceive = method === 'GET';
      this.requests.push(isReceive ? `GET ${JSON.stringify(queue[0] ?? null)}` : 'DELETE');
      const answer = isReceive
        ? queue.length > 0 && { receiptId: queue.length, body: queue[0] }
        : { result: true };
      if (!isReceive) queue.shift();
      response.end(JSON.stringify(answer || null));
    }).listen(0, '127.0.0.1');
  }

  async instances(): Promise<InstanceRegistry> {
    if (!this.server.listening) await once(this.server, 'listening');
    const { port } = this.server.address() as AddressInfo;
    const registry = new InstanceRegistry();
    registry.add({
      idInstance: '1101',
      apiTokenInstance: 'token',
      apiUrl: `http://127.0.0.1:${port}`,
      transport: 'polling',
    });
    return registry;
  }

  close(): void {
    this.server.closeAllConnections();
    this.server.close();
  }
}

describe('polling, with any intake', () => {
  let gateway: Gateway;

  beforeEach(() => {
    gateway = new Gateway(['one', 'two']);
  });

  afterEach(() => gateway.close());

  it('receives a notification again after `retry`, deletes it after any other outcome, one by one', async () => {
    const intake = new PlannedIntake([RETRY, { result: 'dead-lettered', runs: [] }]);
    const registry = await gateway.instances();
    const noSchedule = { remove: () => undefined } as unknown as PollingSchedule;
    const options = {
      receiveTimeoutSeconds: 5,
      answerLimitBytes: 1_000_000,
      overlap: 'never' as const,
    };
    const transport = new PollingTransport(registry, intake, noSchedule, options);
    await transport.start();
    await intake.empty.promise;
    await transport.stop(1000);
    await registry.close();
    expect(gateway.requests).toEqual([
      'GET "one"',
      'GET "one"',
      'DELETE',
      'GET "two"',
      'DELETE',
      'GET null',
    ]);
    expect(intake.events).toEqual([
      'accept "one"',
      'accept "one"',
      'deleted "one"',
      'accept "two"',
      'deleted "two"',
      'emptied',
    ]);
  });
});

describe('a webhook, with any intake', () => {
  it.each<[string, Outcome, number, boolean]>([
    ['handled', ACKNOWLEDGED, 200, true],
    ['a dead letter', { result: 'dead-lettered', runs: [] }, 200, true],
    ['kept for a retry', RETRY, 500, false],
    ['unreadable and not stored', { ...ACKNOWLEDGED, reason: 'unreadable' }, 400, false],
  ])('that is %s gets its status', async (_, outcome, status, isGone) => {
    const intake = new PlannedIntake([outcome]);
    const watch = { refused$: NEVER } as unknown as ApplicationWatch;
    const transport = new WebhookTransport(intake, new RefusalLog(), watch, {
      path: '/',
      answerTimeoutMs: 1000,
      instances: () => [],
      isDefault: true,
      isMounted: () => true,
    });
    await transport.start();
    const release = jest.fn();
    expect(await transport.answer({ instance: undefined, body: 'one', release })).toBe(status);
    expect(release).toHaveBeenCalledTimes(1);
    expect(intake.events).toEqual(['accept "one"', ...(isGone ? ['deleted "one"'] : [])]);
    await transport.stop(1000);
  });
});
