import { GreenApiClient } from '@green-api/whatsapp-api-client-js-v2';

import { loops } from './loop.by-hand.js';

/** The package always calls https://api.green-api.com, unless its axios client is told otherwise. */
interface InnerClient {
  readonly client: { readonly defaults: { baseURL: string } };
}

/**
 * `@green-api/whatsapp-api-client-js-v2` with the loop of its README. It prints two lines for each
 * request, which cannot be switched off.
 */
export const startReceiving = loops(
  ({ apiUrl, idInstance, apiTokenInstance }, receiveTimeoutSeconds) => {
    const client = new GreenApiClient({ idInstance, apiTokenInstance });
    const { defaults } = (client as unknown as InnerClient).client;
    defaults.baseURL = `${apiUrl}/waInstance${idInstance}`;
    return {
      receive: () => client.receiveNotification(receiveTimeoutSeconds),
      remove: (receiptId) => client.deleteNotification(receiptId),
    };
  },
);
