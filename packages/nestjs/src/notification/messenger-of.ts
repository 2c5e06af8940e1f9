import { stringAt } from './common/untrusted-json.reader.js';
import type { Notification } from './notification.js';

/** A messenger by its own name. */
export type Messenger = 'whatsapp' | 'telegram' | 'max';

/**
 * The messenger of the notification's instance. WABA counts as WhatsApp, as GREEN-API's
 * `typeInstance` does; undefined when it is a new one.
 */
export function messengerOf(notification: Notification): Messenger | undefined {
  const typeInstance = stringAt(notification, 'instanceData', 'typeInstance');
  switch (typeInstance) {
    case 'whatsapp':
    case 'telegram':
      return typeInstance;
    case 'v3':
    case 'max':
      return 'max';
    default:
      return undefined;
  }
}
