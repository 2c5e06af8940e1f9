/** Metadata key of `@OnNotification`; `Symbol.for` so that two copies of this package agree. */
export const ON_NOTIFICATION_METADATA = Symbol.for('green-notifications:on-notification');

/** What `ExecutionContext.getType()` returns inside a notification handler. */
export const NOTIFICATION_CONTEXT_TYPE = 'green-notification';

/** Where Nest keeps what parameter decorators say, `createParamDecorator` included. */
export const PARAMETERS_METADATA = '__routeArguments__';

/** Where TypeScript keeps the types of a method's parameters, those with a default included. */
export const PARAMETER_TYPES_METADATA = 'design:paramtypes';

/**
 * Nest's mark for providers whose methods are called from outside: those get the request-scoped
 * and transient global enhancers, as controllers do.
 */
export const ENTRY_PROVIDER_METADATA = '__entryProvider__';

/** Where `@UseGuards` and the like keep what they were given. */
export const ENHANCERS_METADATA = [
  '__guards__',
  '__pipes__',
  '__interceptors__',
  '__exceptionFilters__',
] as const;

/** Metadata key of `@OnDeadLetter`. */
export const ON_DEAD_LETTER_METADATA = Symbol.for('green-notifications:on-dead-letter');
