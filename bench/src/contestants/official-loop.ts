import { loops } from './loop.by-hand.js';
import { clientOf } from './official.client.js';

/** `@green-api/whatsapp-api-client` with a loop by hand. It cannot set `receiveTimeout`. */
export const startReceiving = loops((instance) => {
  const { webhookService } = clientOf(instance);
  return {
    receive: () => webhookService.receiveNotification(),
    remove: (receiptId) => webhookService.deleteNotification(receiptId),
  };
});
