import type { NotificationQueue } from '../queue/notification.queue.js';

/** The pushing side of a queue, at work from its making until it is closed. */
export interface PushChannel {
  close(): Promise<void>;
}

/** Handed to an instance, which owns its pushing side but does not know how pushing is done. */
export type OpenPushChannel<Instance> = (
  instance: Instance,
  queue: NotificationQueue,
) => PushChannel;
