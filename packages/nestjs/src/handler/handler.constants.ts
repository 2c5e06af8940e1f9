/** Metadata key of `@OnNotification`; `Symbol.for` so that two copies of this package agree. */
export const ON_NOTIFICATION_METADATA = Symbol.for('green-notifications:on-notification');

/** What `ExecutionContext.getType()` returns inside a notification handler. */
export const NOTIFICATION_CONTEXT_TYPE = 'green-notification';

/** Where Nest keeps what parameter decorators say, `createParamDecorator` included. */
export const PARAMETERS_METADATA = '__routeArguments__';
