import { setTimeout as delay } from 'node:timers/promises';

import type { InstanceAddress } from '../gateway/gateway.server.js';
import type { Body, Handle, StartReceiving } from './contestant.js';

export interface Received {
  readonly receiptId: number;
  readonly body: Body;
}

/** The two calls of one instance. */
export interface QueueCalls {
  receive(): Promise<Received | null>;
  remove(receiptId: number): Promise<unknown>;
}

const PAUSE_AFTER_ERROR_MS = 1000;

/** The loop that everybody writes: receive, handle, delete; after an error, wait and go on. */
async function loop(calls: QueueCalls, handle: Handle, beforeReceive?: () => Promise<void>) {
  for (;;) {
    try {
      await beforeReceive?.();
      const received = await calls.receive();
      if (received === null) continue;
      await handle(received.body);
      await calls.remove(received.receiptId);
    } catch (error) {
      console.error(String(error));
      await delay(PAUSE_AFTER_ERROR_MS);
    }
  }
}

/** One loop by hand for each instance. */
export function loops(
  callsOf: (instance: InstanceAddress, receiveTimeoutSeconds: number) => QueueCalls,
  pace?: () => () => Promise<void>,
): StartReceiving {
  return ({ instances, handle, receiveTimeoutSeconds }) => {
    for (const instance of instances) {
      void loop(callsOf(instance, receiveTimeoutSeconds), handle, pace?.());
    }
  };
}
