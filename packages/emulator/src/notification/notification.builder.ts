import type { Clock } from '../clock/clock.js';
import type { StateInstance } from '../instance/state-instance.js';
import type { SentMessage } from '../instance/sent.message.js';
import { IdMessageSequence } from './id-message.sequence.js';
import type { InstanceIdentity } from './instance.identity.js';
import type { MessageData } from './message.data.js';
import type { MessageEnvelope } from './message.envelope.js';
import { textMessages } from './messages/text.messages.js';
import type { NotificationObject } from './notification.object.js';
import { senderData } from './sender.data.js';

/** Makes notifications of one instance: bodies as published, ids distinct, times from the clock. */
export class NotificationBuilder {
  private readonly ids: IdMessageSequence;

  /** @internal */
  constructor(
    readonly identity: InstanceIdentity,
    private readonly clock: Clock,
  ) {
    this.ids = new IdMessageSequence(identity);
  }

  /** `incomingMessageReceived` with any message data. */
  incoming(messageData: MessageData, envelope: MessageEnvelope = {}): NotificationObject {
    return this.message('incomingMessageReceived', messageData, envelope);
  }

  /** `outgoingMessageReceived`: typed on the account's phone. */
  outgoing(messageData: MessageData, envelope: MessageEnvelope = {}): NotificationObject {
    return this.message('outgoingMessageReceived', messageData, envelope);
  }

  /** `outgoingAPIMessageReceived`: sent through the API. */
  outgoingApi(messageData: MessageData, envelope: MessageEnvelope = {}): NotificationObject {
    return this.message('outgoingAPIMessageReceived', messageData, envelope);
  }

  /** `incomingMessageReceived` with a plain text. */
  incomingText(text: string, envelope: MessageEnvelope = {}): NotificationObject {
    return this.incoming(textMessages.text(text), envelope);
  }

  /** `outgoingAPIMessageReceived` of a message sent through `sendMessage`. */
  sentMessage({ chatId, idMessage, message, quotedMessageId }: SentMessage): NotificationObject {
    return this.outgoingApi(this.sentData(message, quotedMessageId), { chatId, idMessage });
  }

  outgoingMessageStatus(
    status: string,
    fields: { chatId?: string; idMessage?: string; description?: string; sendByApi?: boolean } = {},
  ): NotificationObject {
    const { chatId = '79001234567@c.us', idMessage = this.newIdMessage() } = fields;
    const sendByApi = fields.sendByApi ?? true;
    return this.notification('outgoingMessageStatus', {
      chatId,
      idMessage,
      status,
      ...(this.identity.typeInstance !== 'v3' && { sendByApi }),
      ...(fields.description !== undefined && { description: fields.description }),
    });
  }

  stateInstanceChanged(stateInstance: StateInstance): NotificationObject {
    return this.notification('stateInstanceChanged', { stateInstance });
  }

  statusInstanceChanged(statusInstance: 'online' | 'offline'): NotificationObject {
    return this.notification('statusInstanceChanged', { statusInstance });
  }

  /** Any other kind, known or not: the common fields with the given ones. */
  notification(typeWebhook: string, fields: Record<string, unknown> = {}): NotificationObject {
    const { idInstance, wid, typeInstance } = this.identity;
    return {
      typeWebhook,
      instanceData: { idInstance: Number(idInstance), wid, typeInstance },
      timestamp: this.nowSeconds(),
      ...fields,
    };
  }

  newIdMessage(): string {
    return this.ids.next();
  }

  nowSeconds(): number {
    return Math.floor(this.clock.now() / 1000);
  }

  private message(
    typeWebhook: string,
    messageData: MessageData,
    envelope: MessageEnvelope,
  ): NotificationObject {
    const direction = typeWebhook === 'incomingMessageReceived' ? 'incoming' : 'outgoing';
    return this.notification(typeWebhook, {
      timestamp: envelope.timestamp ?? this.nowSeconds(),
      idMessage: envelope.idMessage ?? this.newIdMessage(),
      senderData: senderData(this.identity, direction, envelope),
      messageData,
    });
  }

  /** Text sent by the API comes back as extended text, except on Telegram. */
  private sentData(text: string, quotedMessageId: string | undefined): MessageData {
    if (quotedMessageId !== undefined) {
      return textMessages.quoted(text, {
        stanzaId: quotedMessageId,
        participant: this.identity.wid,
      });
    }
    const isTelegram = this.identity.typeInstance === 'telegram';
    return isTelegram ? textMessages.text(text) : textMessages.extendedText(text);
  }
}
