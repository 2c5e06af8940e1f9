import type { Forwarding } from '../common/forwarding.payload.js';

/** One group of rows in a list message. */
export interface ListSection {
  title?: string;
  rows: { title: string; rowId: string; description?: string }[];
}

/** A text with a button that opens a list to choose from. */
export interface List extends Forwarding {
  contentText: string;
  title?: string;
  footer?: string;
  buttonText?: string;
  sections: ListSection[];
}
