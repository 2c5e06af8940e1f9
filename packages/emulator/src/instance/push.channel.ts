import type { NotificationQueue } from '../queue/notification.queue.js';

/** Pushes the notifications of a queue, from its creation until it is closed. */
export interface PushChannel {
  close(): Promise<void>;
}

/** Creates the push channel of an instance. The instance does not depend on the webhook sender. */
export type OpenPushChannel<Instance> = (
  instance: Instance,
  queue: NotificationQueue,
) => PushChannel;
