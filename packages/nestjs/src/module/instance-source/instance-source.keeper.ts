import { SafeLogger } from '../../common/safe.logger.js';
import { readThrown } from '../../common/thrown.js';
import { DeadlineExceededError, orAborted, withDeadline } from '../../common/waits.js';
import type { InstanceModuleOptions } from '../instance-module.options.js';
import type { InstanceOptions } from '../options/instance.options.js';
import { instanceChanges, problemOf } from './instance-changes.js';
import type { InstanceSource } from './instance-source.js';

const REFRESH_MS = 30_000;
const LIST_TIMEOUT_MS = 10_000;
/** After a failure the source is asked again sooner. */
const LONGEST_FAILURE_PAUSE_MS = 5000;

/** How the keeper changes the instances of the application. */
export interface InstanceHost {
  add(options: InstanceOptions, isRunning: boolean): Promise<void>;
  remove(idInstance: string): Promise<void>;
  has(idInstance: string): boolean;
  /** Masks the tokens in a text. */
  redact(text: string): string;
}

/** Runs a change when its turn comes, and tells it whether receiving is running. */
export type TakeTurn = (change: (isRunning: boolean) => Promise<void>) => Promise<void>;

/** From one start to the next stop. */
interface Session {
  isOver: boolean;
}

/**
 * Makes the instances of the application match its `InstanceSource`, while receiving is started. It
 * removes only what it has added itself.
 */
export class InstanceSourceKeeper {
  private readonly logger = new SafeLogger('GreenNotifications');
  private wrong: ReadonlyMap<string, string> = new Map();
  private isFailing = false;
  private session: Session | undefined;
  private timer: NodeJS.Timeout | undefined;

  /** What the source returned for each instance that was added. Private: it contains tokens. */
  readonly #added = new Map<string, InstanceModuleOptions>();

  constructor(
    private readonly source: InstanceSource,
    private readonly host: InstanceHost,
  ) {}

  /** Adds what the source returns now. Called in a turn of its own, before receiving starts. */
  async load(): Promise<void> {
    this.stop();
    this.session = { isOver: false };
    await this.update(this.session, (change) => change(false));
  }

  /** Asks again from time to time. */
  start(takeTurn: TakeTurn): void {
    const { session } = this;
    if (session) this.askLater(session, takeTurn);
  }

  /** A change that has begun goes on. */
  stop(): void {
    if (this.session) this.session.isOver = true;
    this.session = undefined;
    clearTimeout(this.timer);
  }

  private askLater(session: Session, takeTurn: TakeTurn): void {
    const { refreshMs = REFRESH_MS } = this.source;
    const pauseMs = this.isFailing ? Math.min(refreshMs, LONGEST_FAILURE_PAUSE_MS) : refreshMs;
    this.timer = setTimeout(() => void this.ask(session, takeTurn), pauseMs);
  }

  private async ask(session: Session, takeTurn: TakeTurn): Promise<void> {
    await this.update(session, takeTurn);
    if (!session.isOver) this.askLater(session, takeTurn);
  }

  /** Never rejects. */
  private async update(session: Session, takeTurn: TakeTurn): Promise<void> {
    const entries = await this.list();
    if (!entries || session.isOver) return;
    for (const idInstance of this.#added.keys()) {
      if (!this.host.has(idInstance)) this.#added.delete(idInstance);
    }
    const { gone, fresh, wrong } = instanceChanges(entries, this.#added);
    const problems = new Map(wrong);
    const inTurn: TakeTurn = (change) =>
      takeTurn(async (isRunning) => {
        if (!session.isOver) await change(isRunning);
      });
    // All removals come first, so that instances can exchange their names.
    for (const idInstance of gone) {
      await inTurn(async () => {
        this.#added.delete(idInstance);
        await this.host.remove(idInstance);
      }).catch((error: unknown) => problems.set(idInstance, problemOf(error)));
    }
    for (const { idInstance, given, options, label } of fresh) {
      await inTurn(async (isRunning) => {
        await this.host.add(options, isRunning);
        this.#added.set(idInstance, given);
      }).catch((error: unknown) => problems.set(label, problemOf(error)));
    }
    this.report(problems);
  }

  /** Undefined if the source failed. */
  private async list(): Promise<readonly unknown[] | undefined> {
    try {
      const entries: unknown = await withDeadline(LIST_TIMEOUT_MS, undefined, (signal) =>
        orAborted(this.source.list(), signal),
      );
      if (!Array.isArray(entries)) throw new TypeError('list() did not return an array');
      if (this.isFailing) this.logger.log('instanceSource works again');
      this.isFailing = false;
      return entries;
    } catch (error) {
      if (!this.isFailing) this.logger.error(this.host.redact(SOURCE_FAILED(error)));
      this.isFailing = true;
      return undefined;
    }
  }

  /** Logs each problem once. */
  private report(problems: ReadonlyMap<string, string>): void {
    for (const [label, problem] of problems) {
      if (this.wrong.get(label) === problem) continue;
      this.logger.error(this.host.redact(`Instance ${label} of instanceSource: ${problem}`));
    }
    this.wrong = problems;
  }
}

function SOURCE_FAILED(error: unknown): string {
  const reason =
    error instanceof DeadlineExceededError
      ? `list() took longer than ${error.deadlineMs} ms`
      : readThrown(error).message;
  return `instanceSource failed: ${reason}; the instances stay as they are, and it is asked again`;
}
