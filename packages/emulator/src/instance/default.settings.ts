import type { InstanceSettings } from './instance.settings.js';

/** A new instance: every switch off, no webhook. */
export function defaultSettings(): InstanceSettings {
  return {
    webhookUrl: '',
    webhookUrlToken: '',
    delaySendMessagesMilliseconds: 1000,
    markIncomingMessagesReaded: 'no',
    markIncomingMessagesReadedOnReply: 'no',
    outgoingWebhook: 'no',
    outgoingMessageWebhook: 'no',
    outgoingAPIMessageWebhook: 'no',
    incomingWebhook: 'no',
    stateWebhook: 'no',
    statusInstanceWebhook: 'no',
    deviceWebhook: 'no',
    keepOnlineStatus: 'no',
    pollMessageWebhook: 'no',
    incomingCallWebhook: 'no',
    outgoingCallWebhook: 'no',
    incomingBlockWebhook: 'no',
    editedMessageWebhook: 'no',
    deletedMessageWebhook: 'no',
    enableMessagesHistory: 'no',
    enableLidMode: 'no',
  };
}
