import type { NotificationKind, NotificationOf } from '../notification.js';
import { incoming } from './message.samples.js';

const instanceData = { idInstance: 1101000001, wid: '79001230000@c.us', typeInstance: 'whatsapp' };
const max = { idInstance: 3100000001, wid: '79001230000@c.us', typeInstance: 'v3' };
const timestamp = 1700000000;
const quotaData = {
  method: 'correspondents',
  used: 3,
  total: 3,
  status: 'CORRESPONDENTS_QUOTA_EXCEEDED',
  description: 'Monthly quota has been exceeded',
};
const messageData = {
  typeMessage: 'textMessage',
  textMessageData: { textMessage: 'Hello' },
} as const;

/**
 * At least one notification of every known kind. The compiler reports a missing kind.
 */
export const kindSamples: { readonly [Kind in NotificationKind]: readonly NotificationOf<Kind>[] } =
  {
    incomingMessageReceived: [
      incoming(messageData),
      {
        typeWebhook: 'incomingMessageReceived',
        instanceData: max,
        timestamp,
        idMessage: '115054445839974415',
        senderData: {
          chatId: '-69308615655644',
          chatName: 'Readers',
          chatType: 'group',
          sender: '10000001',
          senderName: 'Ann',
          senderContactName: 'Ann',
          senderType: 'user',
          senderPhoneNumber: 79001230001,
        },
        messageData,
      },
    ],
    outgoingMessageReceived: [{ ...incoming(messageData), typeWebhook: 'outgoingMessageReceived' }],
    outgoingAPIMessageReceived: [
      {
        ...incoming(messageData),
        typeWebhook: 'outgoingAPIMessageReceived',
        additions: {},
      },
    ],
    outgoingMessageStatus: [
      {
        typeWebhook: 'outgoingMessageStatus',
        instanceData,
        timestamp,
        chatId: '79001230001@c.us',
        idMessage: 'BAE5F793F61411D0',
        status: 'read',
        sendByApi: true,
      },
      {
        typeWebhook: 'outgoingMessageStatus',
        instanceData,
        timestamp,
        chatId: '120363000000000000@g.us',
        idMessage: 'BAE5F793F61411D1',
        status: 'failed',
        sendByApi: false,
        description: 'SWE004: the number of participants in the group has been exceeded - 300',
      },
      {
        typeWebhook: 'outgoingMessageStatus',
        instanceData,
        timestamp,
        idMessage: 'BAE5F793F61411D2',
        status: 'fail',
      },
    ],
    stateInstanceChanged: [
      { typeWebhook: 'stateInstanceChanged', instanceData, timestamp, stateInstance: 'yellowCard' },
    ],
    statusInstanceChanged: [
      { typeWebhook: 'statusInstanceChanged', instanceData, timestamp, statusInstance: 'online' },
    ],
    deviceInfo: [
      {
        typeWebhook: 'deviceInfo',
        instanceData,
        timestamp,
        deviceData: {
          platform: 'iphone',
          deviceManufacturer: 'Apple',
          deviceModel: 'iPhone 7',
          osVersion: '12.1.4',
          waVersion: '2.20.40',
          battery: 92,
        },
      },
      {
        typeWebhook: 'deviceInfo',
        instanceData,
        timestamp,
        avatarInfo: {
          chatId: '79001230001@c.us',
          existsWhatsapp: true,
          urlAvatar: 'https://example.com/a.jpg',
          reason: '',
        },
      },
    ],
    incomingCall: [
      {
        typeWebhook: 'incomingCall',
        instanceData,
        from: '79001230001@c.us',
        status: 'pickUp',
        timestamp,
        idMessage: 'CALL1',
        isVideo: false,
      },
      { typeWebhook: 'incomingCall', instanceData, from: '1@c.us', timestamp, idMessage: 'CALL2' },
    ],
    outgoingCall: [
      {
        typeWebhook: 'outgoingCall',
        instanceData,
        from: '120363000000000000@g.us',
        status: 'hungUp',
        timestamp,
        idMessage: 'CALL3',
        isVideo: true,
        duration: 12,
        participants: [
          { id: '79001230001@c.us', status: 'pickUp' },
          { wid: '79001230002@c.us', status: 'invalid' },
        ],
      },
    ],
    incomingBlock: [
      {
        typeWebhook: 'incomingBlock',
        instanceData,
        timestamp,
        chatId: '10000000000@c.us',
        chatState: 'blocked',
      },
      { typeWebhook: 'incomingBlock', instanceData, quotaData },
    ],
    quotaExceeded: [
      { typeWebhook: 'quotaExceeded', instanceData, timestamp, quotaData },
      { typeWebhook: 'quotaExceeded', instanceData, quotaData },
      {
        typeWebhook: 'quotaExceeded',
        instanceData: max,
        timestamp,
        stateInstance: { ...quotaData, used: '3', total: '3' },
      },
    ],
  };
