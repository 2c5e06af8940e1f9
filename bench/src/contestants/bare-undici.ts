import { Client } from 'undici';

import type { InstanceAddress } from '../gateway/gateway.server.js';
import { loops, type QueueCalls, type Received } from './loop.by-hand.js';

/** `request` of undici with a connection for each instance, and paths that are built once. */
export function undiciCalls(instance: InstanceAddress, receiveTimeoutSeconds: number): QueueCalls {
  const { apiUrl, idInstance, apiTokenInstance } = instance;
  const client = new Client(apiUrl, { headersTimeout: 0, bodyTimeout: 0 });
  const receivePath = `/waInstance${idInstance}/receiveNotification/${apiTokenInstance}?receiveTimeout=${receiveTimeoutSeconds}`;
  const deletePath = `/waInstance${idInstance}/deleteNotification/${apiTokenInstance}/`;
  return {
    async receive() {
      const { body } = await client.request({ method: 'GET', path: receivePath });
      return (await body.json()) as Received | null;
    },
    async remove(receiptId) {
      const { body } = await client.request({ method: 'DELETE', path: deletePath + receiptId });
      return body.json();
    },
  };
}

export const startReceiving = loops(undiciCalls);
