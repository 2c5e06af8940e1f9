import { answerWith } from '@green-notifications/emulator';
import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';

import { FaultHarness } from './support/fault.harness.js';
import { hostileJson, hostileNotification, jsonText } from './support/hostile.json.js';

const SEED = 20_261;
const INSTANCES = 8;
const BODIES = 40;

describe('fuzzed bodies, by polling', () => {
  it('8. stop neither the queue nor the process, and reach no prototype', async () => {
    await using harness = await FaultHarness.start({ instances: INSTANCES });
    const bodies = fc.sample(fc.oneof(hostileNotification, hostileJson.map(jsonText)), {
      seed: SEED,
      numRuns: INSTANCES * BODIES,
    });
    bodies.forEach((body, index) => harness.issue(body, harness.at(index % INSTANCES)));
    const before = Object.getOwnPropertyNames(Object.prototype);
    const last = harness.ids.map((_id, index) => harness.publish(['after'], harness.at(index))[0]!);
    await harness.run();
    await Promise.all(last.map((entry) => entry.deleted));
    expect(harness.verdict.lost).toEqual([]);
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
