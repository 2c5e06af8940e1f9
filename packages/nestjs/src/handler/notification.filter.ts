/** What `@OnNotification` can ask for beyond the kind. Every condition given must hold. */
export interface NotificationFilter<N = never, TypeMessage extends string = string> {
  /** `messageData.typeMessage`, one or several. */
  readonly typeMessage?: TypeMessage | readonly TypeMessage[];
  /** `status` of `outgoingMessageStatus` and of calls, one or several. */
  readonly status?: string | readonly string[];
  /** `stateInstance` of `stateInstanceChanged`, one or several. */
  readonly stateInstance?: string | readonly string[];
  /** The name of an instance, or several. */
  readonly instance?: string | readonly string[];
  readonly chat?: 'private' | 'group';
  /** The whole text, or an expression to be found in it; its flags `g` and `y` keep no state. */
  readonly text?: string | RegExp;
  /** Any other condition. */
  readonly where?: (notification: N) => boolean;
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
