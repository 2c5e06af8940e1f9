import type { TypeInstance } from '../notification/type-instance.js';
import type { UndocumentedOptions } from '../options/undocumented.options.js';

/** The parsed flags of `green-api-emulator`. */
export interface CliFlags extends Pick<
  UndocumentedOptions,
  | 'emptyAnswer'
  | 'redeliveryReceiptId'
  | 'visibilityTimeoutMs'
  | 'receiveTimeoutOutOfRange'
  | 'unknownReceipt'
  | 'settingsDelayMs'
  | 'errorBody'
> {
  port: number;
  host: string;
  instance: { idInstance: string; apiTokenInstance: string }[];
  typeInstance: TypeInstance;
  webhookUrl?: string;
  webhookUrlToken?: string;
  allSwitches: boolean;
  rateLimits: boolean;
  answerTimeoutMs: number;
  retryPauseMs: number;
  pacingMs: number;
}
