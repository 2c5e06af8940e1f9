import { networkConnections } from '../../gateway/connections.js';
import { GreenApiClient } from '../../gateway/green-api.client.js';
import type { Delivery } from '../delivery.js';

const instance = {
  name: 'shop',
  idInstance: '1101',
  transport: 'webhook' as const,
  client: new GreenApiClient(
    { idInstance: '1101', apiTokenInstance: 'secret', apiUrl: 'http://127.0.0.1' },
    networkConnections(),
  ),
};

/** A delivery of a call. Its `idMessage` identifies it. */
export function callDelivery(idMessage: string): Delivery {
  return {
    key: `call ${idMessage}`,
    redeliveryMs: 0,
    notification: {
      typeWebhook: 'incomingCall',
      instanceData: { idInstance: 1101, wid: '', typeInstance: 'whatsapp' },
      timestamp: 1,
      idMessage,
      from: '79001112233@c.us',
      status: 'offer',
    },
    instance,
    transport: 'webhook',
    receivedAt: new Date(),
  };
}
