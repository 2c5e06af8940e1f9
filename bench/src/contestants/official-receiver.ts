import type { StartReceiving } from './contestant.js';
import { clientOf, SUBSCRIPTIONS } from './official.client.js';

/**
 * The receiver that `@green-api/whatsapp-api-client` contains. It does not wait for what its
 * callbacks return.
 */
export const startReceiving: StartReceiving = async ({ instances, handle }) => {
  for (const instance of instances) {
    const { webhookService } = clientOf(instance);
    for (const subscribe of SUBSCRIPTIONS) webhookService[subscribe](handle);
    await webhookService.startReceivingNotifications();
  }
};
