/** Settings of an instance, as in `getSettings` and `setSettings`. */
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

/** The settings of a new instance: every switch is off, no webhook. */
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

export type SettingsPatch =
  | { readonly ok: true; readonly values: Partial<InstanceSettings> }
  | { readonly ok: false; readonly message: string };

/** Checks the body of `setSettings`: any settings, but at least one. Unknown fields are ignored. */
export function parseSettingsPatch(body: unknown): SettingsPatch {
  if (typeof body !== 'object' || body === null || Array.isArray(body))
    return refused('bad request data');
  const fields = Object.entries(body);
  if (fields.length === 0) return refused('bad request data');

  const kinds = defaultSettings() as unknown as Record<string, unknown>;
  const values: Record<string, unknown> = {};
  for (const [name, value] of fields) {
    if (!Object.hasOwn(kinds, name)) continue;
    const sample = kinds[name];
    if (typeof value !== typeof sample)
      return refused(`'${name}' must be a ${typeof sample}`, true);
    if (sample === 'no' && value !== 'yes' && value !== 'no') {
      return refused(`'${name}' must be one of [yes, no]`, true);
    }
    values[name] = value;
  }
  return { ok: true, values };
}

function refused(detail: string, validation = false): SettingsPatch {
  return { ok: false, message: validation ? `Validation failed. Details: ${detail}` : detail };
}
