import type { MessageData, TypeInstance } from './notification.types.js';
import { messages } from './messages/messages.js';
import type { NotificationBuilder } from './notification.builder.js';

/** One kind of message, and a function that builds its data. */
export interface MessageSample {
  readonly typeMessage: string;
  /** The messengers that have it. @default all */
  readonly messengers?: readonly TypeInstance[];
  /** The directions in which it exists. @default all */
  readonly directions?: readonly ('incoming' | 'outgoing' | 'outgoingApi')[];
  make(builder: NotificationBuilder): MessageData;
}

const WHATSAPP: readonly TypeInstance[] = ['whatsapp'];
const WHATSAPP_AND_MAX: readonly TypeInstance[] = ['whatsapp', 'v3'];
const WHATSAPP_AND_TELEGRAM: readonly TypeInstance[] = ['whatsapp', 'telegram'];
const TYPED: MessageSample['directions'] = ['incoming', 'outgoing'];

const quotedBy = (builder: NotificationBuilder): { stanzaId: string; participant: string } => ({
  stanzaId: builder.newIdMessage(),
  participant: builder.identity.wid,
});

/** At least one message of every `typeMessage`, by a readable name. */
export const MESSAGE_SAMPLES: Readonly<Record<string, MessageSample>> = {
  text: {
    typeMessage: 'textMessage',
    make: () => messages.text('Hello'),
  },
  'extended text': {
    typeMessage: 'extendedTextMessage',
    make: () => messages.extendedText('See https://example.com', { title: 'Example' }),
  },
  quote: {
    typeMessage: 'quotedMessage',
    messengers: WHATSAPP_AND_MAX,
    make: (builder) => messages.quoted('At six', quotedBy(builder)),
  },
  image: {
    typeMessage: 'imageMessage',
    make: () => messages.image({ caption: 'Our terrace' }),
  },
  video: {
    typeMessage: 'videoMessage',
    make: () => messages.video(),
  },
  document: {
    typeMessage: 'documentMessage',
    make: () => messages.document({ caption: 'Invoice 12' }),
  },
  audio: {
    typeMessage: 'audioMessage',
    make: () => messages.audio(),
  },
  sticker: {
    typeMessage: 'stickerMessage',
    make: () => messages.sticker(),
  },
  location: {
    typeMessage: 'locationMessage',
    messengers: WHATSAPP_AND_TELEGRAM,
    make: () => messages.location(),
  },
  contact: {
    typeMessage: 'contactMessage',
    make: ({ identity }) => messages.contact('Alex Brown', identity.typeInstance),
  },
  contacts: {
    typeMessage: 'contactsArrayMessage',
    messengers: WHATSAPP,
    make: () => messages.contactsArray('Alex', 'Sam'),
  },
  reaction: {
    typeMessage: 'reactionMessage',
    directions: TYPED,
    make: (builder) => messages.reaction('👍', quotedBy(builder)),
  },
  poll: {
    typeMessage: 'pollMessage',
    messengers: WHATSAPP_AND_TELEGRAM,
    make: () => messages.poll('Which colour?', ['Green', 'Blue']),
  },
  'poll vote': {
    typeMessage: 'pollUpdateMessage',
    messengers: WHATSAPP,
    directions: TYPED,
    make: (builder) =>
      messages.pollUpdate(builder.newIdMessage(), 'Which colour?', {
        Green: ['79001234567@c.us'],
        Blue: [],
      }),
  },
  edit: {
    typeMessage: 'editedMessage',
    make: (builder) => messages.edited('Hello again', builder.newIdMessage()),
  },
  deletion: {
    typeMessage: 'deletedMessage',
    make: (builder) => messages.deleted(builder.newIdMessage()),
  },
  'group invitation': {
    typeMessage: 'groupInviteMessage',
    messengers: WHATSAPP,
    make: () => messages.groupInvite(),
  },
  buttons: {
    typeMessage: 'buttonsMessage',
    messengers: WHATSAPP,
    make: () => messages.buttons(),
  },
  list: {
    typeMessage: 'listMessage',
    messengers: WHATSAPP,
    make: () => messages.list(),
  },
  template: {
    typeMessage: 'templateMessage',
    messengers: WHATSAPP,
    make: () => messages.template(),
  },
  'button tap': {
    typeMessage: 'buttonsResponseMessage',
    messengers: WHATSAPP,
    directions: TYPED,
    make: (builder) => messages.buttonsResponse(builder.newIdMessage()),
  },
  'template button tap': {
    typeMessage: 'templateButtonsReplyMessage',
    messengers: WHATSAPP,
    directions: TYPED,
    make: (builder) => messages.templateButtonsReply(builder.newIdMessage()),
  },
  'list choice': {
    typeMessage: 'listResponseMessage',
    messengers: WHATSAPP,
    directions: TYPED,
    make: (builder) => messages.listResponse(builder.newIdMessage()),
  },
  'interactive buttons': {
    typeMessage: 'interactiveButtons',
    messengers: WHATSAPP,
    make: () => messages.interactiveButtons(),
  },
  'interactive reply buttons': {
    typeMessage: 'interactiveButtonsReply',
    messengers: WHATSAPP,
    make: () => messages.interactiveButtonsReply(),
  },
  'interactive button tap': {
    typeMessage: 'interactiveButtonsResponse',
    messengers: WHATSAPP,
    directions: ['outgoing'],
    make: (builder) => messages.interactiveButtonsResponse(builder.newIdMessage()),
  },
  order: {
    typeMessage: 'orderMessage',
    messengers: WHATSAPP,
    directions: TYPED,
    make: () => messages.other('orderMessage'),
  },
  product: {
    typeMessage: 'productMessage',
    messengers: WHATSAPP,
    directions: TYPED,
    make: () => messages.other('productMessage'),
  },
  'undecryptable text': {
    typeMessage: 'textMessage',
    messengers: WHATSAPP,
    make: () => messages.text('{{SWE003}}'),
  },
  'oversized file': {
    typeMessage: 'documentMessage',
    messengers: WHATSAPP,
    make: () => messages.document({ downloadUrl: '{{SWE002}}' }),
  },
};
