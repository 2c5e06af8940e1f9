import type { InstanceData } from '../common/shared.payloads.js';

/**
 * A `typeWebhook` that this version does not know. At run time it can be any other string. The
 * pattern is only for the compiler: when you compare `typeWebhook` with a known kind, it excludes
 * unknown notifications. To find them, use `isUnknownNotification(n)` or, for one kind,
 * `isNotification('newKind')`.
 */
export type UnknownNotificationKind = `unknown ${string}` & {
  readonly unknownNotificationKind: never;
};

/** A notification of a kind that this version does not know; GREEN-API adds kinds every year. */
export interface UnknownNotification {
  typeWebhook: UnknownNotificationKind;
  instanceData: InstanceData;
  [field: string]: unknown;
}
