import type { MessageData, TypeInstance } from '../notification.types.js';
import { NOT_FORWARDED, THUMBNAIL } from './shared.fields.js';

/** Builders of messages with a contact, a location or a group invitation. */
export const contactMessages = {
  location: (at: { latitude?: number; longitude?: number; name?: string } = {}): MessageData => ({
    typeMessage: 'locationMessage',
    locationMessageData: {
      nameLocation: at.name ?? 'Cafe',
      address: '12 Main Street',
      latitude: at.latitude ?? 55.7558,
      longitude: at.longitude ?? 37.6173,
      jpegThumbnail: THUMBNAIL,
      ...NOT_FORWARDED,
    },
  }),

  /** @param typeInstance the messenger; each has its own payload. Default: WhatsApp */
  contact: (displayName = 'Alex', typeInstance: TypeInstance = 'whatsapp'): MessageData => ({
    typeMessage: 'contactMessage',
    contactMessageData: { ...contactOf(displayName, typeInstance), ...NOT_FORWARDED },
  }),

  /** The contacts are in `messageData.messageData`, as in most published bodies. */
  contactsArray: (...displayNames: string[]): MessageData => ({
    typeMessage: 'contactsArrayMessage',
    messageData: {
      contacts: displayNames.map((displayName) => ({ displayName, vcard: vcard(displayName) })),
      ...NOT_FORWARDED,
    },
  }),

  groupInvite: (groupName = 'Family'): MessageData => ({
    typeMessage: 'groupInviteMessage',
    groupInviteMessageData: {
      groupJid: '120363043968066561@g.us',
      inviteCode: 'mEmUlAtEdCoDe',
      inviteExpiration: { low: 1_900_000_000, high: 0, unsigned: false },
      groupName,
      caption: 'Follow this link to join my group',
      jpegThumbnail: THUMBNAIL,
    },
  }),
};

function contactOf(displayName: string, typeInstance: TypeInstance): Record<string, unknown> {
  if (typeInstance === 'whatsapp') return { displayName, vcard: vcard(displayName) };
  if (typeInstance === 'telegram') {
    const [firstName = '', lastName = ''] = displayName.split(' ');
    return { phoneContact: '79001112233', firstName, lastName, vcard: '', chatId: '30000000' };
  }
  return { displayName, chatId: '30000000', urlAvatar: '', phoneNumber: 79001112233, vcard: '' };
}

function vcard(name: string): string {
  return `BEGIN:VCARD\nVERSION:3.0\nN:;${name};;;\nFN:${name}\nTEL;TYPE=Mobile:+79001112233\nEND:VCARD`;
}
