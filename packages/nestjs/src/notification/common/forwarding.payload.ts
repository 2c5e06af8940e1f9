/**
 * How often a message was forwarded. Old notifications and WhatsApp plain texts carry neither
 * field.
 */
export interface Forwarding {
  /** Number of times the message was forwarded before. */
  forwardingScore?: number;
  /** A boolean in every published notification; one official class declares a string. */
  isForwarded?: boolean | 'true' | 'false';
}
