/**
 * A durable inbox for `@green-notifications/nestjs`: notifications are stored and acknowledged, and
 * then handled in parallel over chats, in order within a chat.
 *
 * @packageDocumentation
 */
export { InboxDirectoryInUseError } from './connect/directory-lock.js';
export type {
  BossLike,
  DrizzleLike,
  DrizzleSql,
  KnexLike,
  KyselyLike,
  PoolClientLike,
  PoolLike,
  SqlTransaction,
} from './connect/libraries.js';
export {
  ClaimLostError,
  InboxUnusableError,
  InvalidInboxOptionError,
  NoAnswerError,
  NodeTooOldError,
  OutcomeUnknownError,
} from './inbox.errors.js';
export type { InboxRole, InboxSettings } from './inbox.options.js';
export { inMemoryInbox, type InMemoryInboxOptions } from './in-memory.inbox.js';
export { type InboxPlace, pgBossInbox, type PgBossInboxOptions } from './pg-boss.inbox.js';
