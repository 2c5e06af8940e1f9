import type { ApiMethod } from './api.method.js';
import { clearWebhooksQueueMethod } from './methods/clear-webhooks-queue.method.js';
import { deleteNotificationMethod } from './methods/delete-notification.method.js';
import { getSettingsMethod } from './methods/get-settings.method.js';
import { getStateInstanceMethod } from './methods/get-state-instance.method.js';
import { getStatusInstanceMethod } from './methods/get-status-instance.method.js';
import { getWebhooksCountMethod } from './methods/get-webhooks-count.method.js';
import { receiveNotificationMethod } from './methods/receive-notification.method.js';
import { sendMessageMethod } from './methods/send-message.method.js';
import { setSettingsMethod } from './methods/set-settings.method.js';

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
];

/** Finds a method by the name in the URL. */
export function findApiMethod(name: string, caseInsensitive: boolean): ApiMethod | undefined {
  const wanted = caseInsensitive ? name.toLowerCase() : name;
  return METHODS.find(
    (method) => (caseInsensitive ? method.name.toLowerCase() : method.name) === wanted,
  );
}
