import type { EnhancerKind } from './enhancer-kind.js';

export const GLOBAL_ENHANCER_TROUBLE = (kind: EnhancerKind, name: string, what: string) =>
  `${name}, one of the global ${kind} of this application, ${what}. Global ${kind} run for ` +
  'notifications too: if it is written for HTTP, let it leave alone what ' +
  'NotificationExecutionContext.isNotification(context) names, or leave ' +
  `"${kind}" out of the option "globalEnhancers" of GreenNotificationsModule`;

export const FILTER_BROKE = (handler: string, error: Error) =>
  `An exception filter of ${handler} broke while it was handling an error, which therefore counts ` +
  `as not handled: ${error.message}. If it is written for HTTP, let it leave alone what ` +
  'NotificationExecutionContext.isNotification(host) names';
