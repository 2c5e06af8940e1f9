import { answerWith } from '@green-notifications/emulator';
import type { IncomingMessage } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';

import { NOTHING_LOST } from './support/delivery.oracle.js';
import { FaultHarness } from './support/fault.harness.js';

const RECEIVE = 'receiveNotification';

const INSTANCE_DATA = '"instanceData":{"idInstance":1101000001}';
const nested = (depth: number) => '{"a":['.repeat(depth) + '1' + ']}'.repeat(depth);

describe('bodies that are broken but complete, by polling', () => {
  it('7. are parked as they came, and the queue goes on', async () => {
    const bodies = ['null', '[]', '[{"typeWebhook":"incomingCall"}]', '"text"', '7', '{}']
      .concat('{"typeWebhook":7}', '{"typeWebhook":""}', '{"typeWebhook":null}')
      .concat('{"body":{"typeWebhook":"incomingCall"}}');
    await using harness = await FaultHarness.start();
    for (const body of bodies) harness.instance.publish(body);
    harness.publish(['after']);
    await harness.run();
    await harness.drained();
    expect(harness.verdict).toEqual(NOTHING_LOST);
    const letters = await harness.letters.list();
    expect(letters.map((letter) => letter.kind)).toEqual(bodies.map(() => 'unreadable'));
    expect(letters).toMatchObject(bodies.map((body) => ({ body: JSON.parse(body) as unknown })));
    expect(harness.record.texts()).toEqual(['after']);
  });

  it('7. are parked even if they are not JSON, and the queue goes on', async () => {
    const bodies = ['not json', '{"typeWebhook":incomingCall}', '{"typeWebhook":"incomingCall",}'];
    await using harness = await FaultHarness.start({ instances: bodies.length });
    bodies.forEach((body, index) => {
      harness.at(index).publish(body);
      harness.publish(['after'], harness.at(index));
    });
    await harness.run();
    await harness.drained();
    const letters = await harness.letters.list();
    const parked = (index: number) =>
      letters
        .filter(({ idInstance }) => idInstance === String(harness.ids[index]))
        .map((letter) => (letter.kind === 'unreadable' ? letter.body : undefined));
    for (const [index, body] of bodies.entries()) {
      expect(parked(index)).toEqual([expect.stringContaining(body)]);
    }
    expect(harness.record.texts()).toEqual(bodies.map(() => 'after'));
  });

  it('7. are acknowledged and logged as errors where there is no place for dead letters', async () => {
    await using harness = await FaultHarness.start();
    for (const body of ['null', '[]', '{}']) harness.instance.publish(body);
    harness.publish(['after']);
    await harness.run(undefined, { deadLetters: false });
    await harness.drained();
    expect(harness.logs.having('ERROR', 'not a notification')).toHaveLength(3);
    expect(harness.record.texts()).toEqual(['after']);
  });

  it('7. reach the catch-all if only their kind is unknown', async () => {
    await using harness = await FaultHarness.start();
    const { build } = harness.instance;
    harness.issue(build.notification('kindOfNextYear', { deep: { er: [null] } }));
    harness.issue(build.notification('toString'));
    harness.issue(build.notification('__proto__'));
    harness.issue('{"typeWebhook":"incomingMessageReceived"}');
    harness.issue('{"typeWebhook":"incomingMessageReceived","messageData":[]}');
    await harness.run();
    await harness.drained();
    expect(harness.verdict).toEqual(NOTHING_LOST);
    expect(harness.record.runs).toHaveLength(5);
    expect(await harness.letters.list()).toEqual([]);
  });
});

describe('bodies out of all proportion, by polling', () => {
  it('8. of 7 MB are handled like any other', async () => {
    await using harness = await FaultHarness.start();
    const { build } = harness.instance;
    harness.issue(build.incomingText('x'.repeat(7 * 1024 * 1024)));
    harness.publish(['after']);
    await harness.run();
    await harness.drained();
    expect(harness.record.texts().map((text) => text?.length)).toEqual([7 * 1024 * 1024, 5]);
    expect(harness.verdict).toEqual(NOTHING_LOST);
  });

  it.each([64, 200_000])(
    '8. nested %i deep stop neither the queue nor the process',
    async (depth) => {
      await using harness = await FaultHarness.start({ instances: 4 });
      const bodies = [
        `{"typeWebhook":"kindOfNextYear",${INSTANCE_DATA},"deep":${nested(depth)}}`,
        `{"typeWebhook":"incomingMessageReceived","messageData":${nested(depth)}}`,
        nested(depth),
        '['.repeat(depth) + ']'.repeat(depth),
      ];
      bodies.forEach((body, index) => {
        harness.at(index).publish(body);
        harness.publish(['after'], harness.at(index));
      });
      await harness.run(() => {
        // Handlers keep what they get, and what they throw is kept.
      });
      await harness.drained();
      expect(harness.record.texts().filter((text) => text === 'after')).toHaveLength(4);
      const handledOrKept = harness.record.runs.length - 4 + (await harness.letters.list()).length;
      expect(handledOrKept).toBe(4);
    },
  );

  it('8. nested deep can be given up on as well', async () => {
    await using harness = await FaultHarness.start();
    harness.instance.publish(
      `{"typeWebhook":"kindOfNextYear",${INSTANCE_DATA},"deep":${nested(5000)}}`,
    );
    harness.publish(['after']);
    await harness.run(
      ({ text }) => {
        if (text !== 'after') throw new Error('no');
      },
      { retry: { attempts: 2, backoff: { initialMs: 1, maxMs: 2 } } },
    );
    await harness.drained();
    expect(harness.record.texts().at(-1)).toBe('after');
    expect(await harness.letters.list()).toHaveLength(1);
  });

  it('8. with lone surrogates stay different from each other', async () => {
    await using harness = await FaultHarness.start();
    for (const half of ['\\ud800', '\\udc00', '\\ud801', '\\ufffd']) {
      harness.instance.publish(
        `{"typeWebhook":"kindOfNextYear",${INSTANCE_DATA},"text":"${half}"}`,
      );
    }
    await harness.run();
    await harness.drained();
    expect(harness.verdict).toEqual(NOTHING_LOST);
    expect(harness.record.runs).toHaveLength(4);
  });

  it('8. that aim at prototypes reach none', async () => {
    await using harness = await FaultHarness.start();
    harness.instance.publish(
      `{"typeWebhook":"incomingMessageReceived",${INSTANCE_DATA},"idMessage":"A",` +
        '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},' +
        '"messageData":{"__proto__":{"polluted":1}}}',
    );
    harness.emulator.faults.next(
      { method: RECEIVE },
      answerWith({ status: 200, body: '{"__proto__":{"receiptId":5,"polluted":1}}' }),
    );
    await harness.run();
    await harness.drained();
    expect(harness.record.runs).toHaveLength(1);
    expect(({} as { polluted?: unknown }).polluted).toBeUndefined();
    const { notification } = harness.record.runs[0]!.context;
    expect((notification as { polluted?: unknown }).polluted).toBeUndefined();
    expect(Object.getPrototypeOf(notification)).toBe(Object.getPrototypeOf({}));
  });

  it('8. with ids beyond 2^53 are told apart, and deleted under the very receipt they came with', async () => {
    await using harness = await FaultHarness.start();
    const ids = ['9007199254740992', '9007199254740993', '12345678901234567890'];
    for (const id of ids) {
      harness.instance.publish(
        `{"typeWebhook":"incomingMessageReceived","instanceData":{"idInstance":1101000001},` +
          `"timestamp":1,"idMessage":${id},"senderData":{"chatId":-1001234567890123456789},` +
          '"messageData":{"typeMessage":"textMessage","textMessageData":{"textMessage":"hi"}}}',
      );
    }
    harness.emulator.faults.next(
      { method: RECEIVE },
      answerWith({
        status: 200,
        body: `{"receiptId":9007199254740993,"body":{"typeWebhook":"incomingCall",${INSTANCE_DATA}}}`,
      }),
    );
    await harness.run();
    await harness.drained();
    expect(harness.record.runs).toHaveLength(ids.length + 1);
    const [first] = harness.instance.requests.of({ method: 'deleteNotification' });
    expect(first!.parameter).toBe('9007199254740993');
  });

  it('8. with long decimals are numbers still', async () => {
    await using harness = await FaultHarness.start();
    const { build } = harness.instance;
    const decimals = [0.9876543210987654, -0.9999999999999999, 5e-324, 1.7976931348623157e308];
    for (const latitude of decimals) {
      harness.instance.publish(
        build.incoming({ typeMessage: 'locationMessage', locationMessageData: { latitude } }),
      );
    }
    await harness.run();
    await harness.drained();
    expect(await harness.letters.list()).toEqual([]);
    const latitudes = harness.record.runs.map(({ context: { notification } }) =>
      JSON.stringify((notification as IncomingMessage<'locationMessage'>).messageData),
    );
    expect(latitudes).toEqual(decimals.map((one) => expect.stringContaining(`:${one}`) as unknown));
  });
});
