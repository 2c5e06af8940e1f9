import type { Clock } from '../clock/clock.js';
import { defaultChat, senderData } from './sender-data.js';
import { IdMessageSequence } from './id-message-sequence.js';
import type {
  InstanceIdentity,
  MessageData,
  MessageEnvelope,
  NotificationObject,
  SentMessage,
  StateInstance,
} from './notification.types.js';
import { textMessages } from './messages/text.messages.js';

/** Builds notifications of one instance, with unique ids and the time of the emulator's clock. */
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

  /** `outgoingMessageReceived`: a message sent from the account's phone. */
  outgoing(messageData: MessageData, envelope: MessageEnvelope = {}): NotificationObject {
    return this.message('outgoingMessageReceived', messageData, envelope);
  }

  /** `outgoingAPIMessageReceived`: a message sent through the API. */
  outgoingApi(messageData: MessageData, envelope: MessageEnvelope = {}): NotificationObject {
    return this.message('outgoingAPIMessageReceived', messageData, envelope);
  }

  /** `incomingMessageReceived` with a plain text message. */
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
    const { chatId = this.defaultChat, idMessage = this.newIdMessage() } = fields;
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

  /** Archived by GREEN-API. */
  deviceInfo(battery = 80): NotificationObject {
    return this.notification('deviceInfo', {
      deviceData: {
        platform: 'android',
        deviceManufacturer: 'Acme',
        deviceModel: 'One',
        osVersion: '14',
        waVersion: '2.24.1',
        battery,
      },
    });
  }

  /** The contact avatar notification, which was published as `deviceInfo`. */
  avatarInfo(chatId = this.defaultChat): NotificationObject {
    const urlAvatar = 'https://storage.example/avatar.jpg';
    return this.notification('deviceInfo', {
      avatarInfo: { chatId, existsWhatsapp: true, urlAvatar },
    });
  }

  /**
   * @param status `offer`, `pickUp`, `hangUp`, `missed` or `declined`; one call has several, with
   * the same id
   */
  incomingCall(
    status: string,
    call: { from?: string; idMessage?: string; isVideo?: boolean } = {},
  ): NotificationObject {
    return this.notification('incomingCall', {
      from: call.from ?? this.defaultChat,
      status,
      idMessage: call.idMessage ?? this.newIdMessage(),
      isVideo: call.isVideo ?? false,
    });
  }

  /** @param status `pickUp`, `hungUp` or `invalid` */
  outgoingCall(
    status: string,
    call: { from?: string; idMessage?: string; isVideo?: boolean; duration?: number } = {},
  ): NotificationObject {
    const { from = this.defaultChat, duration = 0 } = call;
    return this.notification('outgoingCall', {
      from,
      status,
      idMessage: call.idMessage ?? this.newIdMessage(),
      isVideo: call.isVideo ?? false,
      duration,
      participants: [{ id: from, status }],
    });
  }

  /** Deprecated by GREEN-API. */
  incomingBlock(chatId = this.defaultChat): NotificationObject {
    return this.notification('incomingBlock', { chatId, chatState: 'blocked' });
  }

  quotaExceeded(): NotificationObject {
    return this.notification('quotaExceeded', {
      quotaData: {
        method: 'correspondents',
        used: 3,
        total: 3,
        status: 'CORRESPONDENTS_QUOTA_EXCEEDED',
        description: 'Monthly quota has been exceeded',
      },
    });
  }

  /** A notification of any kind: the common fields and the given ones. */
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

  private get defaultChat(): string {
    return defaultChat(this.identity.typeInstance);
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

  /** A text sent through the API arrives as an extended text, except on Telegram. */
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
