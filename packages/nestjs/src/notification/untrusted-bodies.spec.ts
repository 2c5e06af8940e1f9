import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import {
  chatIdOf,
  idInstanceOf,
  idMessageOf,
  isGroup,
  messengerOf,
  quotaOf,
  typeMessageOf,
} from './notification.accessors.js';
import { errorMarkerOf } from './error-marker.js';
import { fileOf } from './file-of.js';
import { isMessage, isUnknownMessage } from './message.guards.js';
import { isUnknownNotification } from './kind.guards.js';
import { notificationKey } from './notification-key.js';
import type { Notification } from './notification.js';
import { quotedOf } from './quoted-of.js';
import { kindSamples } from './samples/kind.samples.js';
import { incoming, messageSamples } from './samples/message.samples.js';
import { senderOf } from './sender-of.js';
import { textOf } from './text-of.js';

const accessors: readonly ((notification: Notification) => unknown)[] = [
  chatIdOf,
  errorMarkerOf,
  fileOf,
  idInstanceOf,
  idMessageOf,
  isGroup,
  isMessage('textMessage'),
  isUnknownMessage,
  isUnknownNotification,
  messengerOf,
  notificationKey,
  quotaOf,
  quotedOf,
  senderOf,
  textOf,
  typeMessageOf,
];

const published: readonly Notification[] = [
  ...Object.values(kindSamples).flat(),
  ...Object.values(messageSamples).flat().map(incoming),
];

/** The path of keys to every part of a JSON value. */
function pathsOf(value: unknown, path: readonly string[] = []): (readonly string[])[] {
  const inner = Object.entries((typeof value === 'object' ? value : null) ?? {});
  return [path, ...inner.flatMap(([key, child]) => pathsOf(child, [...path, key]))];
}

function replaceAt(value: unknown, [key, ...rest]: readonly string[], by: unknown): unknown {
  if (key === undefined) return by;
  const copy: Record<string, unknown> = { ...(value as Record<string, unknown>) };
  copy[key] = replaceAt(copy[key], rest, by);
  return copy;
}

const damaged = fc
  .constantFrom(...published)
  .chain((body) =>
    fc.tuple(fc.constant(body), fc.constantFrom(...pathsOf(body)), fc.jsonValue({ maxDepth: 2 })),
  )
  .map(([body, path, by]) => replaceAt(body, path, by) as Notification);

function isStringOrNone(value: unknown): boolean {
  return value === undefined || (typeof value === 'string' && value !== '');
}

function useAll(body: unknown): void {
  for (const access of accessors) access(body as Notification);
}

describe('the accessors', () => {
  it('never throw, whatever the JSON', () => {
    const anyJson = fc.property(fc.jsonValue(), useAll);
    expect(() => fc.assert(anyJson)).not.toThrow();
  });

  it('never throw if any part of a published body is replaced by other JSON', () => {
    expect(() => fc.assert(fc.property(damaged, useAll), { numRuns: 2000 })).not.toThrow();
  });

  it('return a non-empty string or undefined, whatever the JSON', () => {
    const strings = fc.property(damaged, (n) =>
      [
        textOf(n),
        chatIdOf(n),
        idMessageOf(n),
        idInstanceOf(n),
        typeMessageOf(n),
        errorMarkerOf(n),
        fileOf(n)?.downloadUrl,
        fileOf(n)?.fileName,
        fileOf(n)?.mimeType,
        senderOf(n)?.id,
        senderOf(n)?.phoneNumber,
      ].every(isStringOrNone),
    );
    expect(() => fc.assert(strings, { numRuns: 2000 })).not.toThrow();
  });
});
