import type { NotificationBuilder } from './notification.builder.js';
import type { NotificationObject } from './notification.object.js';
import type { TypeInstance } from './type-instance.js';

/** One kind of notification and how to make one. */
export interface CatalogueItem {
  /** Unique in the catalogue, in words. */
  readonly name: string;
  readonly typeWebhook: string;
  /** Of the three message kinds only. */
  readonly typeMessage?: string;
  /** The messengers it is documented for. */
  readonly messengers: readonly TypeInstance[];
  build(builder: NotificationBuilder): NotificationObject;
}
