import { createServer as createHttpsServer } from 'node:https';
import { createServer } from 'node:net';

import { blackHole, drippedBody } from '@green-notifications/emulator';
import { describe, expect, it } from '@jest/globals';

import { CANARY_TOKEN } from '../support/canary.js';
import { NOTHING_LOST } from './support/delivery.oracle.js';
import { FaultHarness } from './support/fault.harness.js';
import { listening } from './support/listening.js';
import { recordingInbox } from './support/recording-inbox.js';
import { SELF_SIGNED } from './support/self-signed.certificate.js';
import { blackHole as tcpBlackHole, halfClose, latency, reset } from './support/tcp-faults.js';

const RECEIVE = 'receiveNotification';
const DELETE = 'deleteNotification';
/** The shortest that GREEN-API allows, and the margin on top of it. */
const LONGEST_RECEIVE_MS = 5000 + 10_000;

describe('a network that says nothing', () => {
  it('9. is cut off at the receive time-out plus a margin, and other instances are unaffected; 3. a DELETE likewise', async () => {
    await using harness = await FaultHarness.start({ instances: 7 });
    const { faults } = harness.emulator;
    const [silent, dripping, deleting, swallowed, halfOpen, late] = harness.ids;
    faults.next({ method: RECEIVE, idInstance: silent! }, blackHole());
    faults.next(
      { method: RECEIVE, idInstance: dripping! },
      drippedBody({ bytes: 1, intervalMs: 1000 }),
    );
    faults.next({ method: DELETE, idInstance: deleting! }, blackHole('after-effect'));
    harness.proxy.next({ request: `${swallowed}/${RECEIVE}` }, tcpBlackHole());
    harness.proxy.next({ request: `${halfOpen}/${RECEIVE}` }, halfClose());
    harness.proxy.next({ request: `${late}/${RECEIVE}` }, latency(30));
    for (const index of harness.ids.keys()) harness.publish(['one', 'two'], harness.at(index));

    const startedAt = performance.now();
    await harness.run(undefined, { polling: { receiveTimeoutSeconds: 5 } });
    await Promise.all([harness.at(5).drained(), harness.at(6).drained()]);
    expect(performance.now() - startedAt).toBeLessThan(3000);

    await harness.drained();
    expect(performance.now() - startedAt).toBeGreaterThanOrEqual(LONGEST_RECEIVE_MS);
    expect(harness.verdict).toEqual(NOTHING_LOST);
  }, 40_000);
});

describe('a network that is not there', () => {
  it('12. backs off while connections are reset, and goes on by itself', async () => {
    await using harness = await FaultHarness.start();
    harness.proxy.next({ at: 'connect', times: 2 }, reset());
    harness.publish(['one', 'two']);
    await harness.run();
    await harness.drained();
    expect(harness.verdict).toEqual(NOTHING_LOST);
    expect(harness.logs.having('WARN', '')).toHaveLength(1);
  });

  it('12. names what is wrong with DNS, port and TLS, trusts no certificate by itself, and leaves the others alone', async () => {
    const seen: string[] = [];
    await using noTls = await listening(
      createServer((socket) => socket.resume().end('HTTP/1.1 400\r\n\r\n')),
    );
    await using strange = await listening(
      createHttpsServer(SELF_SIGNED, (request, response) => {
        seen.push(request.url ?? '');
        response.end('null');
      }),
    );
    const failing = [
      { apiUrl: 'http://green-api.invalid', reason: /ENOTFOUND|EAI_AGAIN/ },
      { apiUrl: 'http://127.0.0.1:1', reason: /ECONNREFUSED/ },
      { apiUrl: `https://127.0.0.1:${noTls.port}`, reason: /SSL|EPROTO/ },
      { apiUrl: `https://127.0.0.1:${strange.port}`, reason: /self-signed/ },
    ];
    await using harness = await FaultHarness.start();
    const { instances, ...options } = harness.options();
    await harness.runModule(
      { providers: [recordingInbox(harness.record)] },
      {
        ...options,
        instances: [
          ...instances,
          ...failing.map(({ apiUrl }, index) => ({
            idInstance: 2000 + index,
            apiTokenInstance: CANARY_TOKEN,
            apiUrl,
          })),
        ],
      },
    );
    harness.publish(['one', 'two']);
    await harness.drained();
    for (const [index, { reason }] of failing.entries()) {
      await harness.logs.until('WARN', `instance ${2000 + index}`);
      expect(harness.logs.having('WARN', `instance ${2000 + index}`)[0]).toMatch(reason);
    }
    expect(seen).toEqual([]);
    expect(harness.verdict).toEqual(NOTHING_LOST);
  });
});
