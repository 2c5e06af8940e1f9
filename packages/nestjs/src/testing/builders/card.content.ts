import type { DefaultContents } from './default-content.type.js';

const notForwarded = { forwardingScore: 0, isForwarded: false };
const contact = { displayName: 'Ann', vcard: 'BEGIN:VCARD\nVERSION:3.0\nFN:Ann\nEND:VCARD' };
const QUESTION = 'Tea or coffee?';

export const CARD_CONTENT: DefaultContents<
  | 'locationMessage'
  | 'contactMessage'
  | 'contactsArrayMessage'
  | 'ContactsArrayMessage'
  | 'pollMessage'
  | 'pollUpdateMessage'
  | 'groupInviteMessage'
> = {
  locationMessage: {
    key: 'locationMessageData',
    content: {
      latitude: 52.5,
      longitude: 13.4,
      nameLocation: '',
      address: '',
      jpegThumbnail: '',
      ...notForwarded,
    },
  },
  contactMessage: { key: 'contactMessageData', content: { ...contact, ...notForwarded } },
  contactsArrayMessage: { key: 'messageData', content: { contacts: [contact], ...notForwarded } },
  ContactsArrayMessage: { key: 'messageData', content: { contacts: [contact], ...notForwarded } },
  pollMessage: {
    key: 'pollMessageData',
    content: {
      name: QUESTION,
      options: [{ optionName: 'Tea' }, { optionName: 'Coffee' }],
      multipleAnswers: false,
    },
  },
  pollUpdateMessage: {
    key: 'pollMessageData',
    content: {
      stanzaId: '3EB0A1B2C3',
      name: QUESTION,
      votes: [
        { optionName: 'Tea', optionVoters: ['79001230001@c.us'] },
        { optionName: 'Coffee', optionVoters: [] },
      ],
      multipleAnswers: false,
    },
  },
  groupInviteMessage: {
    key: 'groupInviteMessageData',
    content: {
      groupJid: '120363000000000001@g.us',
      inviteCode: 'AbCdEf',
      inviteExpiration: { low: 1_900_000_000, high: 0, unsigned: false },
      groupName: 'Readers',
      caption: '',
      jpegThumbnail: '',
    },
  },
};
