import { answerWith } from '@green-notifications/emulator';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { judge } from './support/delivery.oracle.js';
import { FaultHarness } from './support/fault.harness.js';

const SEED = 20_261;
const INSTANCES = 8;
const BODIES = 40;

const hostileKey = fc.constantFrom(
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  'hasOwnProperty',
  'typeWebhook',
  'instanceData',
  'messageData',
  'senderData',
  'then',
);

/** Any JSON, with keys that mean something to us or to JavaScript, and half characters. */
const { hostileJson } = fc.letrec<{ hostileJson: unknown }>((tie) => ({
  hostileJson: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    fc.string({ unit: 'binary' }),
    fc.double(),
    fc.constantFrom(null, true, 2 ** 53, -0, 1e308, '\ud800', '\udfff', ''),
    fc.array(tie('hostileJson'), { maxLength: 4 }),
    fc
      .array(fc.tuple(fc.oneof(hostileKey, fc.string()), tie('hostileJson')), { maxLength: 5 })
      .map((pairs) => new Map(pairs)),
  ),
}));

/** JSON text; maps become objects, so that `__proto__` is a key like any other. */
function jsonText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(jsonText).join(',')}]`;
  if (value instanceof Map) {
    const pairs = [...(value as Map<string, unknown>)].map(
      ([key, child]) => `${JSON.stringify(key)}:${jsonText(child)}`,
    );
    return `{${pairs.join(',')}}`;
  }
  return JSON.stringify(value) ?? 'null';
}

const kind = fc.constantFrom(
  'incomingMessageReceived',
  'outgoingMessageStatus',
  'incomingCall',
  'stateInstanceChanged',
  'deviceInfo',
  'quotaExceeded',
  'incomingBlock',
  'kindOfNextYear',
);

/** What is a notification in name, and anything in its fields. */
const hostileNotification = fc
  .record({
    typeWebhook: kind,
    instanceData: hostileJson,
    messageData: hostileJson,
    senderData: hostileJson,
    idMessage: hostileJson,
    timestamp: hostileJson,
    status: hostileJson,
    quotaData: hostileJson,
  })
  .map((fields) => jsonText(new Map(Object.entries(fields))));

describe('fuzzed bodies, by polling', () => {
  it('8. stop neither the queue nor the process, and reach no prototype', async () => {
    await using harness = await FaultHarness.start({ instances: INSTANCES });
    const bodies = fc.sample(fc.oneof(hostileNotification, hostileJson.map(jsonText)), {
      seed: SEED,
      numRuns: INSTANCES * BODIES,
    });
    bodies.forEach((body, index) => harness.at(index % INSTANCES).publish(body));
    const before = Object.getOwnPropertyNames(Object.prototype);
    const last = harness.ids.map((_id, index) => harness.publish(['after'], harness.at(index))[0]!);
    await harness.run();
    await Promise.all(last.map((entry) => entry.deleted));
    const { runs } = harness.record;
    const evidence = { instances: harness.emulator.instances, runs };
    const { lost } = judge({ ...evidence, letters: await harness.letters.list() });
    expect(lost).toEqual([]);
    expect(harness.record.texts().filter((text) => text === 'after')).toHaveLength(INSTANCES);
    expect(Object.getOwnPropertyNames(Object.prototype)).toEqual(before);
  });

  it('5. answers of random bytes are waited out, and the queue goes on', async () => {
    await using harness = await FaultHarness.start({ instances: INSTANCES * 4 });
    const answers = fc.sample(
      fc.record({
        status: fc.oneof(fc.constant(200), fc.integer({ min: 500, max: 599 })),
        body: fc.oneof(fc.string({ unit: 'binary' }), hostileJson.map(jsonText)),
        headers: fc.dictionary(
          fc.constantFrom('content-type', 'x-strange', 'location'),
          fc.stringMatching(/^[ -~]{0,20}$/),
        ),
      }),
      { seed: SEED, numRuns: INSTANCES * 4 },
    );
    answers.forEach((answer, index) => {
      const match = { method: 'receiveNotification', idInstance: harness.ids[index]! };
      harness.emulator.faults.next(match, answerWith(answer));
      harness.publish(['after'], harness.at(index));
    });
    await harness.run();
    await Promise.all(harness.ids.map((_id, index) => harness.at(index).drained()));
    expect(harness.record.texts()).toEqual(answers.map(() => 'after'));
  });
});
