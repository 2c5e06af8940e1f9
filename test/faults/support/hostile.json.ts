import * as fc from 'fast-check';

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
export const { hostileJson } = fc.letrec<{ hostileJson: unknown }>((tie) => ({
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
export function jsonText(value: unknown): string {
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
export const hostileNotification = fc
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
