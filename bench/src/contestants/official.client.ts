import { createRequire } from 'node:module';

import type { InstanceAddress } from '../gateway/gateway.server.js';
import type { Body } from './contestant.js';
import type { Received } from './loop.by-hand.js';

type Subscribe = (callback: (body: Body) => unknown) => void;

/** What the bench uses of `@green-api/whatsapp-api-client`. Its own types lack half of it. */
export interface OfficialClient {
  readonly webhookService: {
    receiveNotification(): Promise<Received | null>;
    deleteNotification(receiptId: number): Promise<unknown>;
    startReceivingNotifications(): Promise<void>;
  } & Readonly<Record<(typeof SUBSCRIPTIONS)[number], Subscribe>>;
}

/** For what else arrives, the package has no callback. */
export const SUBSCRIPTIONS = [
  'onReceivingMessageText',
  'onReceivingMessageTextURL',
  'onReceivingMessageImage',
  'onReceivingMessageVideo',
  'onReceivingMessageDocument',
  'onReceivingMessageAudio',
  'onReceivingMessageContact',
  'onReceivingMessageLocation',
  'onReceivingOutboundMessageStatus',
  'onReceivingAccountStatus',
  'onReceivingDeviceStatus',
] as const;

interface OfficialPackage {
  restAPI(options: {
    readonly idInstance: string;
    readonly apiTokenInstance: string;
    readonly host: string;
  }): OfficialClient;
}

const load = createRequire(import.meta.url);

export function clientOf({ apiUrl, idInstance, apiTokenInstance }: InstanceAddress) {
  const official = load('@green-api/whatsapp-api-client') as OfficialPackage;
  return official.restAPI({ idInstance: String(idInstance), apiTokenInstance, host: apiUrl });
}
