import type { Forwarding } from '../common/forwarding.payload.js';

/** A text with buttons below it. */
export interface Buttons extends Forwarding {
  contentText: string;
  footer?: string;
  buttons: { buttonId: string; buttonText: string }[];
}
