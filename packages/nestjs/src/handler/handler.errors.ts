import { GreenNotificationsError } from '../common/green-notifications.error.js';
import type { Notification } from '../notification/notification.js';
import { nearestWord } from './unknown-words.js';
import { NOTIFICATION_FILTER_KEYS } from './notification.filter.js';

/** `@OnNotification` or `@OnDeadLetter` decorates something that Nest can never call. */
export class NotAHandlerMethodError extends GreenNotificationsError {
  readonly code = 'NOT_A_HANDLER_METHOD';

  constructor(decorator: string, handler: string, what: string) {
    super(
      `@${decorator} decorates ${handler}, which is ${what} and is never called; ` +
        'decorate an instance method whose name is a string',
    );
  }
}

/** `@OnNotification` was given a condition that does not exist. */
export class UnknownFilterKeyError extends GreenNotificationsError {
  readonly code = 'UNKNOWN_FILTER_KEY';

  constructor(handler: string, key: string) {
    super(
      `@OnNotification on ${handler} filters by "${key}", which does not exist; ` +
        `use one of ${Object.keys(NOTIFICATION_FILTER_KEYS).join(', ')}`,
    );
  }
}

/** `@OnNotification` was given an option that does not exist, or a value that is not allowed. */
export class InvalidHandlerOptionError extends GreenNotificationsError {
  readonly code = 'INVALID_HANDLER_OPTION';

  constructor(handler: string, option: string, problem: string) {
    super(`The option "${option}" of @OnNotification on ${handler} ${problem}`);
  }
}

/** A handler asked for the transaction of the inbox, and there is none for this notification. */
export class NoInboxError extends GreenNotificationsError {
  readonly code = 'NO_INBOX';

  constructor(handler: string) {
    super(
      `${handler} uses ctx.transaction, and neither this notification nor its dead letter is in an ` +
        'inbox; set the option inbox, and leave out deadLetters. In a test, give deliver() a transaction',
    );
  }
}

/** `@OnNotification` filters by the name of an instance that does not exist. */
export class UnknownInstanceError extends GreenNotificationsError {
  readonly code = 'UNKNOWN_INSTANCE';

  constructor(handler: string, name: string, known: readonly string[]) {
    const nearest = nearestWord(name, known);
    super(
      `${handler} handles notifications of the instance "${name}", which does not exist` +
        `${nearest === undefined ? '.' : `; did you mean "${nearest}"?`} The instances are ` +
        `${known.map((one) => `"${one}"`).join(', ') || 'none'}. If you add the instance with ` +
        'addInstance(), add it before the application has started, in onModuleInit(), or set ' +
        '"instances: []", which allows any name',
    );
  }
}

/**
 * `@OnNotification` is on a controller, where Nest would skip class-based guards without an error.
 */
export class HandlerOnControllerError extends GreenNotificationsError {
  readonly code = 'HANDLER_ON_CONTROLLER';

  constructor(handler: string) {
    super(
      `${handler} is a notification handler on a controller, where its guards would not run; ` +
        'move the method to a provider (a class with @Injectable(), listed in "providers")',
    );
  }
}

/** `@OnDeadLetter` is on a class that has no single instance, or on a controller. */
export class DeadLetterListenerRefusedError extends GreenNotificationsError {
  readonly code = 'DEAD_LETTER_LISTENER_REFUSED';

  constructor(listener: string, place: string) {
    super(
      `${listener} has @OnDeadLetter(), but is a method of ${place}, so it would not be called; ` +
        'move the method to a singleton provider (a class with @Injectable(), listed in ' +
        '"providers", that depends on nothing request-scoped)',
    );
  }
}

/** Nest would skip a guard, pipe, interceptor or filter of a handler without an error. */
export class EnhancerNotCreatedError extends GreenNotificationsError {
  readonly code = 'ENHANCER_NOT_CREATED';

  constructor(handler: string, enhancer: string) {
    super(
      `${handler} uses ${enhancer}, which Nest does not create for providers made by useFactory or ` +
        `useValue, so it would not run; list the class of the handler itself in "providers", ` +
        `or give an instance (new ${enhancer}(…)) in place of the enhancer's class`,
    );
  }
}

/** `ctx.reply` was given an object that is no reply, or several in one. */
export class InvalidReplyError extends GreenNotificationsError {
  readonly code = 'INVALID_REPLY';

  constructor(possible: readonly string[], given: readonly string[]) {
    const found = given.length === 0 ? 'none of them' : given.join(' and ');
    super(
      `ctx.reply() takes a text, or an object with one of ${possible.join(', ')}, but the object ` +
        `has ${found}; send several messages with several calls`,
    );
  }
}

/** `reply` was called for a notification that has no chat. */
export class NoChatError extends GreenNotificationsError {
  readonly code = 'NO_CHAT';

  constructor(notification: Notification) {
    super(
      `A notification of kind ${notification.typeWebhook} has no chat to reply to; ` +
        'use ctx.client.sendMessage() with the chatId to send to',
    );
  }
}
