import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { costGrowth } from '../common/samples/growth.js';
import { deliveryKey, instanceOfKey, notificationKey } from './notification-key.js';
import type { Notification, NotificationKind } from './notification.js';
import { kindSamples } from './samples/kind.samples.js';
import { incoming, messageSamples } from './samples/message.samples.js';

type Change = Readonly<Record<string, unknown>>;

const sampleOf = (kind: NotificationKind): Notification => kindSamples[kind][0]!;
const keyOf = (body: object): string => notificationKey(body as unknown as Notification);
const without = (body: object, field: string): object =>
  Object.fromEntries(Object.entries(body).filter(([name]) => name !== field));

/**
 * For each kind: changes that make it another notification, and changes that do not.
 */
const changes: Record<NotificationKind, { other: readonly Change[]; same: readonly Change[] }> = {
  incomingMessageReceived: message(),
  outgoingMessageReceived: message(),
  outgoingAPIMessageReceived: message(),
  outgoingMessageStatus: {
    other: [{ chatId: 'x' }, { idMessage: 'x' }, { status: 'delivered' }],
    same: [{ timestamp: 1 }, { description: 'x' }, { sendByApi: false }],
  },
  incomingCall: call(),
  outgoingCall: call(),
  stateInstanceChanged: {
    other: [{ timestamp: 1 }, { stateInstance: 'authorized' }],
    same: [{ extra: 1 }],
  },
  statusInstanceChanged: {
    other: [{ timestamp: 1 }, { statusInstance: 'offline' }],
    same: [{ extra: 1 }],
  },
  deviceInfo: {
    other: [{ timestamp: 1 }, { deviceData: { battery: 91 } }],
    same: [{ extra: 1 }],
  },
  incomingBlock: {
    other: [{ timestamp: 1 }, { chatId: 'x' }, { chatState: 'unblocked' }],
    same: [{ extra: 1 }],
  },
  quotaExceeded: {
    other: [{ timestamp: 1 }, { quotaData: { method: 'x', status: 'x', used: 4 } }],
    same: [{ extra: undefined }],
  },
};

/** For each kind: the fields that identify it. Without any of them the whole body is hashed. */
const identifying: Record<NotificationKind, readonly string[]> = {
  incomingMessageReceived: ['senderData', 'idMessage'],
  outgoingMessageReceived: ['senderData', 'idMessage'],
  outgoingAPIMessageReceived: ['senderData', 'idMessage'],
  outgoingMessageStatus: ['chatId', 'idMessage', 'status'],
  incomingCall: ['idMessage', 'status', 'timestamp'],
  outgoingCall: ['idMessage', 'status', 'timestamp'],
  stateInstanceChanged: ['timestamp', 'stateInstance'],
  statusInstanceChanged: ['timestamp', 'statusInstance'],
  deviceInfo: ['timestamp', 'deviceData'],
  incomingBlock: ['timestamp', 'chatId', 'chatState'],
  quotaExceeded: ['timestamp', 'quotaData'],
};

function message(): (typeof changes)[NotificationKind] {
  return {
    other: [{ idMessage: 'x' }, { senderData: { chatId: 'x' } }],
    same: [{ timestamp: 1 }, { senderData: { chatId: '79001230001@c.us', chatName: 'x' } }],
  };
}

function call(): (typeof changes)[NotificationKind] {
  return {
    other: [{ idMessage: 'x' }, { status: 'x' }, { timestamp: 1 }],
    same: [{ isVideo: null }, { duration: 99 }],
  };
}

describe('notificationKey', () => {
  it.each(Object.entries(changes))('identifies %s', (kind, { other, same }) => {
    const body = sampleOf(kind as NotificationKind);
    const key = notificationKey(body);
    expect(other.map((change) => keyOf({ ...body, ...change }))).not.toContain(key);
    expect(new Set(same.map((change) => keyOf({ ...body, ...change })))).toEqual(new Set([key]));
  });

  it('differs between instances and kinds, even if all ids are equal', () => {
    const body = incoming(messageSamples.textMessage[0]!);
    const keys = [
      body,
      { ...body, instanceData: { ...body.instanceData, idInstance: 2 } },
      { ...body, typeWebhook: 'outgoingMessageReceived' },
    ].map(keyOf);
    expect(new Set(keys).size).toBe(3);
    expect(keys[0]).toBe(
      '["1101000001","incomingMessageReceived","79001230001@c.us","3EB0C0FFEE"]',
    );
  });

  it.each(['pollUpdateMessage', 'editedMessage', 'deletedMessage', 'reactionMessage'] as const)(
    'differs between two %s with the same idMessage if content or time differ',
    (typeMessage) => {
      const body = incoming(messageSamples[typeMessage][0]!);
      const keys = [
        body,
        { ...body, timestamp: body.timestamp + 1 },
        { ...body, messageData: { ...body.messageData, extra: 1 } },
      ].map(keyOf);
      expect(new Set(keys).size).toBe(3);
      expect(keyOf({ ...body })).toBe(keys[0]);
    },
  );

  it('contains the instance that delivered it, whatever the body contains', () => {
    const body = incoming(messageSamples.textMessage[0]!);
    const bare = without(body, 'instanceData') as unknown as Notification;
    expect(deliveryKey(bare, '1')).not.toBe(deliveryKey(bare, '2'));
    expect(deliveryKey(body, '1')).not.toBe(deliveryKey(body, '2'));
    expect(deliveryKey(body, '1101000001')).toBe(notificationKey(body));
  });

  it('differs between two quotas that arrive as incomingBlock without a timestamp', () => {
    const mislabelled = kindSamples.incomingBlock[1]!;
    expect(notificationKey(mislabelled)).not.toBe(
      keyOf({ ...mislabelled, quotaData: { ...mislabelled.quotaData, used: 2 } }),
    );
  });

  it.each(Object.entries(identifying))(
    'hashes the whole body of %s if an identifying field is missing',
    (kind, fields) => {
      const body = sampleOf(kind as NotificationKind);
      expect(notificationKey(body)).not.toContain('sha256');
      const bare = fields.map((field) => without(body, field));
      expect(bare.map(keyOf).filter((key) => !key.includes('{"sha256":'))).toEqual([]);
      expect(bare.filter((rest) => keyOf(rest) === keyOf({ ...rest, extra: 1 }))).toEqual([]);
    },
  );

  it('hashes unknown kinds', () => {
    const body = { typeWebhook: 'brandNew', instanceData: { idInstance: 1 }, a: 1, b: 2 };
    expect(keyOf(body)).toMatch(/^\["1","brandNew",\{"sha256":"[0-9a-f]{64}"\}\]$/);
    expect(keyOf({ ...body, b: 3 })).not.toBe(keyOf(body));
  });

  it('hashes a kind that is too long together with the rest, and only once', () => {
    const body = { typeWebhook: 'x'.repeat(1_000_000), instanceData: { idInstance: 1 } };
    expect(keyOf(body)).toMatch(/^\["1",null,\{"sha256":"[0-9a-f]{64}"\}\]$/);
    expect(keyOf({ ...body, typeWebhook: `${body.typeWebhook}y` })).not.toBe(keyOf(body));
  });

  it('keeps ids that contain separators apart', () => {
    const id = fc.string({ minLength: 1 });
    const apart = fc.property(id, id, id, id, (chatA, idA, chatB, idB) => {
      const [a, b] = [
        [chatA, idA],
        [chatB, idB],
      ].map(([chatId, idMessage]) =>
        keyOf({ typeWebhook: 'incomingMessageReceived', senderData: { chatId }, idMessage }),
      );
      return (a === b) === (chatA === chatB && idA === idB);
    });
    expect(() => fc.assert(apart)).not.toThrow();
  });

  it('does not depend on the order of keys', () => {
    const body = fc
      .record({ typeWebhook: fc.constantFrom('brandNew', 'deviceInfo') })
      .chain((kind) =>
        fc.dictionary(fc.string(), fc.jsonValue()).map((rest) => ({ ...rest, ...kind })),
      );
    const equal = fc.property(
      body,
      (n) => keyOf(n) === keyOf(Object.fromEntries(Object.entries(n).toReversed())),
    );
    expect(() => fc.assert(equal)).not.toThrow();
  });
});

describe('the key of a notification with long fields', () => {
  const long = (idMessage: string) =>
    ({
      typeWebhook: 'incomingMessageReceived',
      instanceData: { idInstance: 1101000001 },
      idMessage,
      senderData: { chatId: '79001230001@c.us' },
    }) as unknown as Notification;

  it('is short, and differs where they differ', () => {
    const [one, other] = ['a', 'b'].map((end) =>
      notificationKey(long('x'.repeat(4_000_000) + end)),
    );
    expect(one!.length).toBeLessThan(200);
    expect(one).not.toBe(other);
    expect(one).toBe(notificationKey(long(`${'x'.repeat(4_000_000)}a`)));
    expect([one!, `prefix:${one!}`].map(instanceOfKey)).toEqual(['1101000001', '1101000001']);
  });

  it.each<[string, (length: number) => object]>([
    ['many empty objects', (length) => ({ list: Array.from({ length: length / 3 }, () => ({})) })],
    [
      'many keys',
      (length) => Object.fromEntries(Array.from({ length: length / 10 }, (_, i) => [`k${i}`, i])),
    ],
    ['long texts', (length) => ({ text: 'x'.repeat(length) })],
  ])('takes no more than proportionally longer for %s in an unknown kind', (_what, fields) => {
    const bodyOf = (length: number) => JSON.stringify({ typeWebhook: 'new', ...fields(length) });
    const work = (text: string) => notificationKey(JSON.parse(text) as Notification);
    expect(costGrowth(bodyOf, work, { length: 50_000, factor: 16 })).toBeLessThan(64);
  });
});
