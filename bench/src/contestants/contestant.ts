import type { InstanceAddress } from '../gateway/gateway.server.js';

/** A notification, as far as the bench looks into it. */
export interface Body {
  readonly typeWebhook: string;
  readonly idMessage?: string;
}

export type Handle = (body: Body) => void | Promise<void>;

export interface ReceivingOptions {
  readonly instances: readonly InstanceAddress[];
  readonly handle: Handle;
  readonly receiveTimeoutSeconds: number;
  /** How many notifications the contestant remembers; only for those that remember any. */
  readonly rememberedEntries?: number | undefined;
}

/**
 * One way to receive notifications: from each instance, one after the other, for ever. It calls
 * `handle`, and deletes the notification when `handle` has succeeded, if it can tell.
 */
export type StartReceiving = (options: ReceivingOptions) => Promise<void> | void;
