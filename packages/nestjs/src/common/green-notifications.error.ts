/**
 * The base class of this library's errors.
 *
 * Programs can rely on `code`: it is stable across versions. `message` says what happened, where,
 * and what to do. It never contains a token.
 */
export abstract class GreenNotificationsError extends Error {
  abstract readonly code: string;

  override get name(): string {
    return this.constructor.name;
  }
}
