import { createServer, type ServerResponse } from 'node:http';

import {
  answerWith,
  connectionReset,
  duplicateDelivery,
  type EmulatorOptions,
  staleHead,
} from '@green-notifications/emulator';
import { GreenNotifications } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';

import { CANARY_TOKEN } from '../support/canary.js';
import { Deferred } from '../support/deferred.js';
import { NOTHING_LOST } from './support/delivery.oracle.js';
import { FaultHarness } from './support/fault.harness.js';
import { listening } from './support/listening.js';
import { intervalsMs } from './support/requests.js';

const RECEIVE = 'receiveNotification';
const DELETE = 'deleteNotification';
const TEXTS = ['one', 'flaky', 'two', 'poison', 'three'];

describe('where the documentation is silent', () => {
  const variants: Omit<EmulatorOptions, 'instances'>[] = [
    { redeliveryReceiptId: 'new', replacedReceipt: 'unknown', unknownReceipt: 'find-unacked-500' },
    { visibilityTimeoutMs: 300 },
    { emptyAnswer: 'empty', deleteReason: 'always', errorBody: 'code' },
  ];

  it.each(variants)('%p loses nothing either', async (emulator) => {
    await using harness = await FaultHarness.start({ emulator });
    const { faults } = harness.emulator;
    faults.next({ method: RECEIVE, handingOut: true, skip: 1 }, duplicateDelivery());
    faults.next({ method: RECEIVE, skip: 3 }, staleHead());
    faults.next({ method: DELETE, skip: 1 }, connectionReset('after-effect'));
    harness.publish(TEXTS);
    await harness.run(
      ({ text, attempt }) => {
        if (text === 'poison' || (text === 'flaky' && attempt === 1)) throw new Error('no');
      },
      { retry: { attempts: 2, backoff: { initialMs: 1, maxMs: 2 } } },
    );
    await harness.drained();
    expect(harness.verdict).toEqual(NOTHING_LOST);
    expect(await harness.letters.list()).toHaveLength(1);
  });

  it('5. 204, 408 and 425 are no reason to stop for a minute', async () => {
    const statuses = [204, 408, 425];
    await using harness = await FaultHarness.start({ instances: statuses.length });
    statuses.forEach((status, index) => {
      const match = { method: RECEIVE, idInstance: harness.ids[index]! };
      harness.emulator.faults.next(match, answerWith({ status }));
      harness.publish(['one'], harness.at(index));
    });
    await harness.run();
    await harness.drained();
    const intervals = statuses.map((_status, index) => intervalsMs(harness.at(index), RECEIVE)[0]);
    expect(Math.min(...intervals.map(Number))).toBeGreaterThanOrEqual(750);
  });
});

describe('an answer without end', () => {
  it('8. is cut off before it fills the memory', async () => {
    let sentBytes = 0;
    const megabyte = Buffer.alloc(2 ** 20, ' ');
    const cutOff = new Deferred();
    const pour = (response: ServerResponse) => {
      while (!response.destroyed && sentBytes < 2 ** 30) {
        sentBytes += megabyte.length;
        if (!response.write(megabyte)) return void response.once('drain', () => pour(response));
      }
      return response.end();
    };
    await using server = await listening(
      createServer((_request, response) => {
        response.on('close', () => cutOff.resolve());
        response.writeHead(200, { 'content-type': 'application/json' });
        pour(response);
      }),
    );
    await using harness = await FaultHarness.start();
    await harness.runModule(
      {},
      {
        unhandled: 'acknowledge',
        instances: [
          {
            idInstance: 1,
            apiTokenInstance: CANARY_TOKEN,
            apiUrl: `http://127.0.0.1:${server.port}`,
          },
        ],
      },
    );
    await cutOff.promise;
    expect(sentBytes).toBeLessThan(2 ** 28);
  });
});

describe('a dead letter', () => {
  it('24. is not handled by a second run while the first still runs, not even when redriven', async () => {
    await using harness = await FaultHarness.start();
    const finish = new Deferred();
    let running = 0;
    let most = 0;
    harness.publish(['hang']);
    const app = await harness.run(
      async () => {
        running += 1;
        most = Math.max(most, running);
        await finish.promise;
        running -= 1;
      },
      { handlerTimeoutMs: 20, retry: { attempts: 1 } },
    );
    await harness.drained();
    const { deadLetters } = app.get(GreenNotifications);
    const [letter] = await deadLetters.list();
    await deadLetters.redrive(letter!.id);
    expect(most).toBe(1);
    finish.resolve();
  });
});
