import type { ChatMessage } from './chat.message.js';

/** Rejects if the message has to be handled again. */
export type HandleMessage = (message: ChatMessage) => Promise<void>;

/** When a handler that failed runs again. */
export const RETRY_AFTER_MS = 100;

/** Where a queue keeps its messages, and under which name. */
export interface QueueOptions {
  /** The connection string of the server. An embedded queue needs none. */
  readonly url?: string | undefined;
  readonly name: string;
  /** How many messages are handled at the same time by this process. */
  readonly concurrency: number;
}

/** Keeps messages between their arrival and their handlers. */
export interface ChatQueue {
  /** Resolves when the message is stored. */
  store(message: ChatMessage): Promise<void>;
  /** Begins to hand out messages. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export type OpenQueue = (options: QueueOptions, handle: HandleMessage) => Promise<ChatQueue>;
