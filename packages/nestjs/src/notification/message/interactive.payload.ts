import type { Forwarding } from '../common/forwarding.payload.js';
import type { OpenString } from '../common/open-string.type.js';

/** A button of an interactive message. */
export interface InteractiveButton {
  type?: OpenString<'copy' | 'call' | 'url' | 'reply'>;
  buttonId: string;
  buttonText: string;
  copyCode?: string;
  phoneNumber?: string;
  url?: string;
}

/**
 * A text with interactive buttons. Tables of the reply variant call the texts `header`, `body` and
 * `footer`.
 */
export interface InteractiveButtons extends Forwarding {
  titleText?: string;
  contentText?: string;
  footerText?: string;
  header?: string;
  body?: string;
  footer?: string;
  buttons?: InteractiveButton[];
}
