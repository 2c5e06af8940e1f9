import type { ApiMethod } from './api.method.js';
import {
  clearWebhooksQueueMethod,
  deleteNotificationMethod,
  getWebhooksCountMethod,
  receiveNotificationMethod,
} from './methods/queue.methods.js';
import {
  getSettingsMethod,
  getStateInstanceMethod,
  getStatusInstanceMethod,
  setSettingsMethod,
} from './methods/account.methods.js';
import { MESSENGER_METHODS } from './methods/messenger.methods.js';
import { sendMessageMethod } from './methods/send-message.method.js';

const METHODS: readonly ApiMethod[] = [
  receiveNotificationMethod,
  deleteNotificationMethod,
  getWebhooksCountMethod,
  clearWebhooksQueueMethod,
  getSettingsMethod,
  setSettingsMethod,
  getStateInstanceMethod,
  getStatusInstanceMethod,
  sendMessageMethod,
  ...MESSENGER_METHODS,
];

/** Finds a method by the name in the URL. */
export function findApiMethod(name: string, caseInsensitive: boolean): ApiMethod | undefined {
  const wanted = caseInsensitive ? name.toLowerCase() : name;
  return METHODS.find(
    (method) => (caseInsensitive ? method.name.toLowerCase() : method.name) === wanted,
  );
}
