import { createHash } from 'node:crypto';
import { canonicalJson } from './common/canonical-json.js';
import { idAt, stringAt, valueAt } from './common/untrusted-json.reader.js';
import type { Notification, NotificationKind } from './notification.js';
import { quotaOf } from './quota-of.js';

type Part = string | undefined;
type Identity = (notification: Notification) => Part[];

const messageIdentity: Identity = (n) => [
  idAt(n, 'senderData', 'chatId'),
  idAt(n, 'idMessage'),
  ...(valueAt(n, 'messageData', 'typeMessage') === 'pollUpdateMessage'
    ? [hashOf(valueAt(n, 'messageData', 'pollMessageData', 'votes'))]
    : []),
];

const callIdentity: Identity = (n) => [
  idAt(n, 'idMessage'),
  stringAt(n, 'status'),
  idAt(n, 'timestamp'),
];

const quotaIdentity: Identity = (n) => {
  const quota = quotaOf(n);
  return [
    stringAt(quota, 'method'),
    stringAt(quota, 'status'),
    idAt(quota, 'used'),
    idAt(n, 'timestamp'),
  ];
};

const identities: Record<NotificationKind, Identity> = {
  incomingMessageReceived: messageIdentity,
  outgoingMessageReceived: messageIdentity,
  outgoingAPIMessageReceived: messageIdentity,
  outgoingMessageStatus: (n) => [idAt(n, 'chatId'), idAt(n, 'idMessage'), stringAt(n, 'status')],
  incomingCall: callIdentity,
  outgoingCall: callIdentity,
  stateInstanceChanged: (n) => [idAt(n, 'timestamp'), stringAt(n, 'stateInstance')],
  statusInstanceChanged: (n) => [idAt(n, 'timestamp'), stringAt(n, 'statusInstance')],
  deviceInfo: (n) => [
    idAt(n, 'timestamp'),
    hashOf(valueAt(n, 'deviceData') ?? valueAt(n, 'avatarInfo')),
  ],
  incomingBlock: (n) =>
    quotaOf(n) === undefined
      ? [idAt(n, 'chatId'), stringAt(n, 'chatState'), idAt(n, 'timestamp')]
      : quotaIdentity(n),
  quotaExceeded: quotaIdentity,
};

/**
 * What makes a notification the same one when it is delivered again, as a string: the instance, the
 * kind, and what identifies it among its kind. Where any of that is missing, and for unknown kinds,
 * a SHA-256 of the whole body, so that two notifications are never taken for one. Needs nothing but
 * the body, so it is the same by polling, by webhook, and in every process.
 */
export function notificationKey(notification: Notification): string {
  const kind = stringAt(notification, 'typeWebhook');
  const identity = isKnown(kind) ? identities[kind](notification) : [undefined];
  const parts = identity.includes(undefined) ? [{ sha256: hashOf(notification) }] : identity;
  return JSON.stringify([idAt(notification, 'instanceData', 'idInstance'), kind, ...parts]);
}

function isKnown(kind: string | undefined): kind is NotificationKind {
  return kind !== undefined && Object.hasOwn(identities, kind);
}

function hashOf(value: unknown): Part {
  if (value === undefined) return undefined;
  return createHash('sha256').update(canonicalJson(value)).digest('hex');
}
