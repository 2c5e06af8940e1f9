/**
 * What every error of this library extends.
 *
 * `code` is stable across versions and meant for programs; `message` says what happened, where,
 * and what to do about it, and never holds a token.
 */
export abstract class GreenNotificationsError extends Error {
  abstract readonly code: string;

  override get name(): string {
    return this.constructor.name;
  }
}
