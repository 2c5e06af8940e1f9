/** Settings of an instance as `getSettings` returns them and `setSettings` takes them. */
export interface InstanceSettings {
  webhookUrl: string;
  webhookUrlToken: string;
  delaySendMessagesMilliseconds: number;
  markIncomingMessagesReaded: YesNo;
  markIncomingMessagesReadedOnReply: YesNo;
  outgoingWebhook: YesNo;
  outgoingMessageWebhook: YesNo;
  outgoingAPIMessageWebhook: YesNo;
  incomingWebhook: YesNo;
  stateWebhook: YesNo;
  statusInstanceWebhook: YesNo;
  deviceWebhook: YesNo;
  keepOnlineStatus: YesNo;
  pollMessageWebhook: YesNo;
  incomingCallWebhook: YesNo;
  outgoingCallWebhook: YesNo;
  incomingBlockWebhook: YesNo;
  editedMessageWebhook: YesNo;
  deletedMessageWebhook: YesNo;
  enableMessagesHistory: YesNo;
  enableLidMode: YesNo;
}

export type YesNo = 'yes' | 'no';
