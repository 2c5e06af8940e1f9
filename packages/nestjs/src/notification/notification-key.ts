import type { MessageType } from './message/message-data.js';
import { sha256 } from '../common/sha256.js';
import { canonicalJson } from './common/canonical-json.js';
import { idAt, stringAt, valueAt } from './common/untrusted-json.reader.js';
import { idInstanceOf, quotaOf, typeMessageOf } from './notification.accessors.js';
import type { Notification, NotificationKind } from './notification.js';

const LONGEST_KEY = 400;

type Part = string | undefined;
type Identity = (notification: Notification) => Part[];

/**
 * Messages that change an earlier message. GREEN-API does not say whether each change has its own
 * `idMessage`: a vote, for example, may be withdrawn and given again with the same one.
 */
const CHANGES: ReadonlySet<string | undefined> = new Set<MessageType>([
  'pollUpdateMessage',
  'editedMessage',
  'deletedMessage',
  'reactionMessage',
]);

const messageIdentity: Identity = (n) => {
  const typeMessage = typeMessageOf(n);
  return [
    idAt(n, 'senderData', 'chatId'),
    idAt(n, 'idMessage'),
    ...(CHANGES.has(typeMessage)
      ? [typeMessage, idAt(n, 'timestamp'), hashOf(valueAt(n, 'messageData'))]
      : []),
  ];
};

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
 * The identity of a notification: a string that stays the same when the notification is delivered
 * again. It contains the instance, the kind, and the fields that identify a notification of this
 * kind. If one of these fields is missing, or the kind is unknown, it contains a SHA-256 of the
 * whole body instead, so that different bodies have different keys.
 */
export function notificationKey(notification: Notification): string {
  return deliveryKey(notification, idInstanceOf(notification));
}

/** Like `notificationKey`, with the instance that delivered it: not every body contains one. */
export function deliveryKey(notification: Notification, idInstance: string | undefined): string {
  const kind = stringAt(notification, 'typeWebhook');
  const identity = isKnown(kind) ? identities[kind](notification) : [undefined];
  const parts = identity.includes(undefined) ? [{ sha256: hashOf(notification) }] : identity;
  // A kind as long as this is unknown, so the hash covers it. To hash it again takes as long again.
  const name = kind !== undefined && kind.length > LONGEST_KEY ? undefined : kind;
  const key = JSON.stringify([idInstance, name, ...parts]);
  // A sender chooses how long an id is, and a key is kept for a day.
  return key.length <= LONGEST_KEY ? key : JSON.stringify([idInstance, { sha256: hashOf(key) }]);
}

/** The instance in a key, or an empty text if it contains none. A prefix before the key may stay. */
export function instanceOfKey(key: string): string {
  const start = key.indexOf('["') + 2;
  const end = key.indexOf('"', start);
  return start < 2 || end < 0 ? '' : key.slice(start, end);
}

function isKnown(kind: string | undefined): kind is NotificationKind {
  return kind !== undefined && Object.hasOwn(identities, kind);
}

function hashOf(value: unknown): Part {
  if (value === undefined) return undefined;
  return sha256(canonicalJson(value));
}
