/** Metadata key of `@OnNotification`; `Symbol.for`, so that two copies of this package share it. */
export const ON_NOTIFICATION_METADATA = Symbol.for('green-notifications:on-notification');

/** What `ExecutionContext.getType()` returns inside a notification handler. */
export const NOTIFICATION_CONTEXT_TYPE = 'green-notification';

/** Metadata key under which Nest stores parameter decorators, including `createParamDecorator`. */
export const PARAMETERS_METADATA = '__routeArguments__';

/** Metadata key under which TypeScript stores the types of all parameters of a method. */
export const PARAMETER_TYPES_METADATA = 'design:paramtypes';

/**
 * Nest's mark for providers whose methods are called from outside Nest. Like controllers, they get
 * the request-scoped and transient global enhancers.
 */
export const ENTRY_PROVIDER_METADATA = '__entryProvider__';

/** Metadata keys under which `@UseGuards`, `@UsePipes` and so on store the enhancers. */
export const ENHANCERS_METADATA = [
  '__guards__',
  '__pipes__',
  '__interceptors__',
  '__exceptionFilters__',
] as const;

/** Metadata key of `@OnDeadLetter`. */
export const ON_DEAD_LETTER_METADATA = Symbol.for('green-notifications:on-dead-letter');
