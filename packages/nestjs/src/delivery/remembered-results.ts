import { GreenNotificationsError } from '../common/green-notifications.error.js';

/** The result of work that must not run again cannot be remembered. */
export class ResultNotRememberedError extends GreenNotificationsError {
  readonly code = 'RESULT_NOT_REMEMBERED';

  constructor(name: string) {
    super(
      `the work "${name}" was done, but its result is no JSON, so it cannot be remembered; return ` +
        'something that JSON can represent, or nothing',
    );
  }
}

/** Stands for a result that is no JSON. */
const NOT_JSON = '';

/**
 * What a handler has done for a notification and must not do again: the results of its work, by
 * names that the handler gives, as JSON.
 */
export class RememberedResults {
  private readonly texts: Map<string, string>;
  private readonly running = new Map<string, Promise<string>>();

  constructor(texts: Readonly<Record<string, string>> = {}) {
    this.texts = new Map(Object.entries(texts));
  }

  /** For stores that outlive the process. */
  get record(): Readonly<Record<string, string>> {
    return Object.fromEntries(this.texts);
  }

  /**
   * Runs `work`, unless its result is remembered or it is running already. Work that fails is not
   * remembered.
   *
   * @param save stores the result where it outlives the process
   * @returns what JSON keeps of the result, in the first run, too
   */
  async once<T>(
    name: string,
    work: () => T | Promise<T>,
    save: (text: string) => Promise<void>,
  ): Promise<T> {
    const text =
      this.texts.get(name) ?? (await (this.running.get(name) ?? this.begin(name, work, save)));
    if (text === NOT_JSON) throw new ResultNotRememberedError(name);
    return (JSON.parse(text) as { readonly value: T }).value;
  }

  private begin(
    name: string,
    work: () => unknown,
    save: (text: string) => Promise<void>,
  ): Promise<string> {
    const running = this.run(name, work, save).finally(() => this.running.delete(name));
    this.running.set(name, running);
    return running;
  }

  private async run(
    name: string,
    work: () => unknown,
    save: (text: string) => Promise<void>,
  ): Promise<string> {
    const text = textOf(await work());
    this.texts.set(name, text);
    await save(text);
    return text;
  }
}

/** In an object, because JSON has no `undefined` of its own. */
function textOf(value: unknown): string {
  try {
    return JSON.stringify({ value });
  } catch {
    return NOT_JSON;
  }
}
