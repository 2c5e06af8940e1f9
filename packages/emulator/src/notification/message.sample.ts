import type { MessageData } from './message.data.js';
import type { NotificationBuilder } from './notification.builder.js';
import type { TypeInstance } from './type-instance.js';

/** One kind of message. */
export interface MessageSample {
  readonly typeMessage: string;
  /** Left out: all. */
  readonly messengers?: readonly TypeInstance[];
  /** Left out: all. */
  readonly directions?: readonly ('incoming' | 'outgoing' | 'outgoingApi')[];
  make(builder: NotificationBuilder): MessageData;
}
