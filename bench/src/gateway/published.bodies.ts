/**
 * Bodies as GREEN-API's pages publish them, in a mix as of a busy account: `share` of one hundred.
 * A thumbnail has the size that one usually has.
 */
interface PublishedBody {
  readonly share: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Stand in the bodies for what differs from one notification to the next. */
export const MARK = {
  idInstance: '@idInstance@',
  timestamp: '@timestamp@',
  idMessage: '@idMessage@',
};

const THUMBNAIL = '/9j/4AAQSkZJRgABAQAAAQABAAD'.padEnd(1800, 'x7Kq2');
const forwarding = { forwardingScore: 0, isForwarded: false };

const head = {
  instanceData: { idInstance: MARK.idInstance, wid: '79001230000@c.us', typeInstance: 'whatsapp' },
  timestamp: MARK.timestamp,
};

const message = (
  typeWebhook: string,
  messageData: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> => ({
  typeWebhook,
  ...head,
  idMessage: MARK.idMessage,
  senderData: {
    chatId: '79001230001@c.us',
    sender: '79001230001@c.us',
    chatName: 'Ann Brown',
    senderName: 'Ann Brown',
    senderContactName: 'Ann',
  },
  messageData,
});

const incoming = (messageData: Readonly<Record<string, unknown>>) =>
  message('incomingMessageReceived', messageData);

const file = (typeMessage: string, mimeType: string, fileName: string, jpegThumbnail: string) =>
  incoming({
    typeMessage,
    fileMessageData: {
      downloadUrl: `https://api.example.com/waInstance/downloads/0f3c2d71/${fileName}`,
      caption: 'Our terrace',
      fileName,
      jpegThumbnail,
      mimeType,
      ...forwarding,
    },
  });

const status = (name: string) => ({
  typeWebhook: 'outgoingMessageStatus',
  ...head,
  chatId: '79001230001@c.us',
  idMessage: MARK.idMessage,
  status: name,
  sendByApi: true,
});

/** A text, for what treats kinds differently. */
export const TEXT = incoming({
  typeMessage: 'textMessage',
  textMessageData: { textMessage: 'Hello, is the table by the window free at six?', ...forwarding },
});

export const PUBLISHED: readonly PublishedBody[] = [
  { share: 32, body: TEXT },
  {
    share: 14,
    body: incoming({
      typeMessage: 'extendedTextMessage',
      extendedTextMessageData: {
        text: 'See https://example.com',
        description: 'An example',
        title: 'Example',
        previewType: 'None',
        jpegThumbnail: '',
        ...forwarding,
      },
    }),
  },
  { share: 10, body: status('sent') },
  { share: 10, body: status('delivered') },
  { share: 8, body: status('read') },
  { share: 6, body: file('imageMessage', 'image/jpeg', 'terrace.jpg', THUMBNAIL) },
  { share: 2, body: file('documentMessage', 'application/pdf', 'invoice-12.pdf', '') },
  { share: 2, body: file('audioMessage', 'audio/ogg; codecs=opus', 'voice.oga', '') },
  {
    share: 4,
    body: incoming({
      typeMessage: 'quotedMessage',
      extendedTextMessageData: {
        text: 'At six, then',
        stanzaId: '3EB0A2C41D77',
        participant: '79001230001@c.us',
        ...forwarding,
      },
      quotedMessage: {
        stanzaId: '3EB0A2C41D77',
        participant: '79001230001@c.us',
        typeMessage: 'textMessage',
        textMessage: 'When do you come?',
      },
    }),
  },
  {
    share: 3,
    body: incoming({
      typeMessage: 'reactionMessage',
      extendedTextMessageData: { text: '👍' },
      quotedMessage: { stanzaId: '3EB0A2C41D78', participant: '79001230001@c.us' },
    }),
  },
  {
    share: 4,
    body: message('outgoingAPIMessageReceived', {
      typeMessage: 'extendedTextMessage',
      extendedTextMessageData: { text: 'Yes, it is yours.', description: '', title: '' },
    }),
  },
  {
    share: 3,
    body: message('outgoingMessageReceived', {
      typeMessage: 'textMessage',
      textMessageData: { textMessage: 'See you then' },
    }),
  },
  {
    share: 1,
    body: {
      typeWebhook: 'incomingCall',
      ...head,
      from: '79001230001@c.us',
      status: 'offer',
      idMessage: MARK.idMessage,
    },
  },
  {
    share: 1,
    body: { typeWebhook: 'stateInstanceChanged', ...head, stateInstance: 'authorized' },
  },
];
