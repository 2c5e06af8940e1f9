import type { Samples } from './samples.type.js';

const forwarding = { forwardingScore: 0, isForwarded: false };
const contacts = [
  { displayName: 'Ann', vcard: 'BEGIN:VCARD' },
  { displayName: 'Bob', vcard: 'BEGIN:VCARD' },
];
const invite = {
  groupJid: '79001230001-1506012221@g.us',
  inviteCode: 'a7E5',
  groupName: 'Readers',
  caption: 'Join us',
  jpegThumbnail: '/9j/',
};

export const cardSamples: Samples<
  | 'locationMessage'
  | 'contactMessage'
  | 'contactsArrayMessage'
  | 'ContactsArrayMessage'
  | 'groupInviteMessage'
  | 'pollMessage'
  | 'pollUpdateMessage'
> = {
  locationMessage: [
    {
      typeMessage: 'locationMessage',
      locationMessageData: {
        nameLocation: 'Home',
        address: 'Street 1',
        jpegThumbnail: '/9j/',
        latitude: 44.9370129,
        longitude: 89.8728409,
        ...forwarding,
      },
    },
    { typeMessage: 'locationMessage', locationMessageData: { latitude: 1.5, longitude: -2 } },
  ],
  contactMessage: [
    {
      typeMessage: 'contactMessage',
      contactMessageData: { displayName: 'Ann', vcard: 'BEGIN:VCARD', ...forwarding },
    },
    {
      typeMessage: 'contactMessage',
      contactMessageData: {
        chatId: '10000001',
        urlAvatar: 'https://example.com/a.jpg',
        phoneNumber: 79001230001,
        displayName: 'Ann',
        vcard: '',
        ...forwarding,
      },
    },
    {
      typeMessage: 'contactMessage',
      contactMessageData: {
        phoneContact: '79001230001',
        firstName: 'Ann',
        lastName: '',
        vcard: '',
        chatId: '10000001',
        ...forwarding,
      },
    },
  ],
  contactsArrayMessage: [
    { typeMessage: 'contactsArrayMessage', messageData: { contacts, ...forwarding } },
    {
      typeMessage: 'contactsArrayMessage',
      contacts,
      ...forwarding,
      quotedMessage: {
        participant: '79001230001@c.us',
        typeMessage: 'contactsArrayMessage',
        contacts,
      },
    },
  ],
  ContactsArrayMessage: [{ typeMessage: 'ContactsArrayMessage', contacts, ...forwarding }],
  groupInviteMessage: [
    {
      typeMessage: 'groupInviteMessage',
      groupInviteMessageData: {
        ...invite,
        inviteExpiration: { low: 1721891364, high: 0, unsigned: false },
      },
    },
    {
      typeMessage: 'groupInviteMessage',
      groupInviteMessageData: { ...invite, inviteExpiration: '0', name: 'Readers' },
      quotedMessage: {
        stanzaId: '3EB0C1',
        participant: '79001230001@c.us',
        typeMessage: 'groupInviteMessage',
        groupInviteMessageData: { ...invite, inviteExpiration: 1721891364 },
      },
    },
  ],
  pollMessage: [
    {
      typeMessage: 'pollMessage',
      pollMessageData: {
        name: 'Tea or coffee?',
        options: [{ optionName: 'Tea' }, { optionName: 'Coffee' }],
        multipleAnswers: false,
      },
    },
    {
      typeMessage: 'pollMessage',
      pollCreationMessage: {
        name: 'Tea or coffee?',
        options: [{ optionName: 'Tea' }],
        selectableOptionsCount: 0,
      },
      quotedMessage: {
        stanzaId: '3EB0C2',
        participant: '79001230001@c.us',
        typeMessage: 'pollMessage',
        pollMessageData: { name: 'Tea?', options: [{ optionName: 'Yes' }], multipleAnswers: true },
      },
    },
  ],
  pollUpdateMessage: [
    {
      typeMessage: 'pollUpdateMessage',
      pollMessageData: {
        stanzaId: '3EB0C3',
        name: 'Tea or coffee?',
        votes: [
          { optionName: 'Tea', optionVoters: ['79001230001@c.us'] },
          { optionName: 'Coffee', optionVoters: [{ wid: '79001230002@c.us' }] },
        ],
        multipleAnswers: true,
      },
    },
  ],
};
