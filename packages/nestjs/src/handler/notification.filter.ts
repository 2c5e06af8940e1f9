type OneOrSeveral = string | readonly string[];

/** The conditions of `@OnNotification` besides the kind. All given conditions must match. */
export interface NotificationFilter {
  /** `messageData.typeMessage`, one or several. */
  readonly typeMessage?: OneOrSeveral;
  /** `status` of `outgoingMessageStatus` and of calls, one or several. */
  readonly status?: OneOrSeveral;
  /** `stateInstance` of `stateInstanceChanged`, one or several. */
  readonly stateInstance?: OneOrSeveral;
  /** The name of an instance, or several. */
  readonly instance?: OneOrSeveral;
  /**
   * `group`: groups only. `private`: every chat that is not a group. A notification without a chat
   * matches neither.
   */
  readonly chat?: 'private' | 'group';
  /**
   * The whole text, or a regular expression that matches a part of it. The flag `g` has no effect;
   * with `y` the match must be at the beginning of the text.
   */
  readonly text?: string | RegExp;
  /**
   * Any other condition. It is checked last and cannot be async. If it throws, the handler has
   * failed.
   */
  readonly where?: (notification: never) => boolean;
}

/** The keys of the filter at run time, so that a misspelt key is an error and is not ignored. */
export const NOTIFICATION_FILTER_KEYS: Readonly<Record<keyof NotificationFilter, true>> = {
  typeMessage: true,
  status: true,
  stateInstance: true,
  instance: true,
  chat: true,
  text: true,
  where: true,
};
