type OneOrSeveral = string | readonly string[];

/** What `@OnNotification` can ask for beyond the kind. Every condition given must hold. */
export interface NotificationFilter {
  /** `messageData.typeMessage`, one or several. */
  readonly typeMessage?: OneOrSeveral;
  /** `status` of `outgoingMessageStatus` and of calls, one or several. */
  readonly status?: OneOrSeveral;
  /** `stateInstance` of `stateInstanceChanged`, one or several. */
  readonly stateInstance?: OneOrSeveral;
  /** The name of an instance, or several. */
  readonly instance?: OneOrSeveral;
  /** Groups only, or everything but groups; what belongs to no chat is neither. */
  readonly chat?: 'private' | 'group';
  /** The whole text, or an expression to be found in it; its flags `g` and `y` keep no state. */
  readonly text?: string | RegExp;
  /**
   * Any other condition, asked last and at once: what it throws counts as a failure of the handler,
   * and it cannot be async.
   */
  readonly where?: (notification: never) => boolean;
}

/** The filter's keys at run time, so that a misspelt one is refused and not ignored. */
export const NOTIFICATION_FILTER_KEYS: Readonly<Record<keyof NotificationFilter, true>> = {
  typeMessage: true,
  status: true,
  stateInstance: true,
  instance: true,
  chat: true,
  text: true,
  where: true,
};
