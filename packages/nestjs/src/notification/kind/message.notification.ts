import type { InstanceData, SenderData } from '../common/shared.payloads.js';
import type { AnyMessageType, MessageData } from '../message/message-data.js';
import type { QuotedMessage } from '../message/quoted-message.js';

/** The fields that the three message kinds have in common. */
export interface MessageEnvelope<TypeMessage extends AnyMessageType = AnyMessageType> {
  instanceData: InstanceData;
  /** UNIX seconds. */
  timestamp: number;
  /** Id of the message; keep it as a string. On MAX it is unique only within its chat. */
  idMessage: string;
  senderData: SenderData;
  messageData: MessageData<TypeMessage>;
  /**
   * The message that this one answers or reacts to. Usually it is in `messageData`; two published
   * bodies have it here. `quotedOf` finds it in both places.
   */
  quotedMessage?: QuotedMessage;
  /** In one official schema; never seen with content. */
  additions?: Record<string, unknown>;
}

/**
 * The account received a message.
 *
 * GREEN-API: Receiving > Notifications format > Incoming message
 */
export interface IncomingMessage<
  TypeMessage extends AnyMessageType = AnyMessageType,
> extends MessageEnvelope<TypeMessage> {
  typeWebhook: 'incomingMessageReceived';
}

/**
 * The account sent a message from its phone or from another linked client.
 *
 * GREEN-API: Receiving > Notifications format > Outgoing message
 */
export interface OutgoingMessage<
  TypeMessage extends AnyMessageType = AnyMessageType,
> extends MessageEnvelope<TypeMessage> {
  typeWebhook: 'outgoingMessageReceived';
}

/**
 * The account sent a message through the API. On WhatsApp and MAX a plain text arrives as
 * `extendedTextMessage`.
 *
 * GREEN-API: Receiving > Notifications format > Outgoing message via API
 */
export interface OutgoingApiMessage<
  TypeMessage extends AnyMessageType = AnyMessageType,
> extends MessageEnvelope<TypeMessage> {
  typeWebhook: 'outgoingAPIMessageReceived';
}

/** A message in any direction. */
export type Message<TypeMessage extends AnyMessageType = AnyMessageType> =
  IncomingMessage<TypeMessage> | OutgoingMessage<TypeMessage> | OutgoingApiMessage<TypeMessage>;

/** `Candidate`, narrowed to messages of these types. Its direction does not change. */
export type MessageAmong<Candidate, TypeMessage extends AnyMessageType> =
  Candidate extends IncomingMessage<infer Known>
    ? IncomingMessage<Extract<Known, TypeMessage>>
    : Candidate extends OutgoingMessage<infer Known>
      ? OutgoingMessage<Extract<Known, TypeMessage>>
      : Candidate extends OutgoingApiMessage<infer Known>
        ? OutgoingApiMessage<Extract<Known, TypeMessage>>
        : never;
