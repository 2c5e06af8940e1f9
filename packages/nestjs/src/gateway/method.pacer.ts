import { ThrottledLog } from '../common/throttled.log.js';
import { LONGEST_QUEUE_SECONDS, CALL_WINDOW_MS, callsPerSecond } from './green-api.limits.js';
import { TooManyCallsError } from './green-api.errors.js';

/** A call that waits longer than this is worth a line in the log. */
const LONG_QUEUE_SECONDS = 5;
/** No method of GREEN-API has more; a larger number is not a rate. */
const HIGHEST_RATE = 1000;

/** The calls of one method: when the last ones started, and which ones wait. */
class Lane {
  /** Of the last calls, as many as are allowed in a second. */
  private readonly startsMs: number[] = [];
  /** In the order in which they came. */
  private readonly waiting = new Set<() => void>();
  private timer: NodeJS.Timeout | undefined;

  constructor(public perSecond: number) {}

  get queued(): number {
    return this.waiting.size;
  }

  /** Starts a call if it need not wait. */
  start(): boolean {
    const isFree = this.waiting.size === 0 && this.freeAtMs <= performance.now();
    if (isFree) this.record();
    return isFree;
  }

  /** Resolves when the call has its turn, and rejects with the reason of `signal`. */
  wait(signal: AbortSignal | undefined): Promise<void> {
    return new Promise((resolve, reject) => {
      const go = () => {
        signal?.removeEventListener('abort', leave);
        resolve();
      };
      const leave = () => {
        this.waiting.delete(go);
        reject(signal?.reason as Error);
      };
      signal?.addEventListener('abort', leave, { once: true });
      this.waiting.add(go);
      if (!this.timer) this.wakeLater();
    });
  }

  change(perSecond: number): void {
    if (perSecond === this.perSecond) return;
    this.perSecond = perSecond;
    this.wakeLater();
  }

  /** Ends all waits. */
  release(): void {
    clearTimeout(this.timer);
    for (const go of this.waiting) go();
    this.waiting.clear();
  }

  private get freeAtMs(): number {
    const { startsMs, perSecond } = this;
    const before = startsMs[startsMs.length - perSecond];
    return before === undefined ? 0 : before + CALL_WINDOW_MS;
  }

  private record(): void {
    this.startsMs.push(performance.now());
    while (this.startsMs.length > this.perSecond) this.startsMs.shift();
  }

  private wakeLater(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.waiting.size === 0) return;
    const waitMs = Math.ceil(Math.max(0, this.freeAtMs - performance.now()));
    this.timer = setTimeout(() => this.wake(), waitMs);
  }

  private wake(): void {
    for (const go of this.waiting) {
      if (this.freeAtMs > performance.now()) break;
      this.waiting.delete(go);
      this.record();
      go();
    }
    this.wakeLater();
  }
}

/**
 * Keeps the calls of one instance within GREEN-API's rate limits. Each method has a limit of its own:
 * calls above it wait for their turn, in the order in which they came.
 */
export class MethodPacer {
  private readonly lanes = new Map<string, Lane>();
  private readonly log = new ThrottledLog();
  private isClosed = false;

  constructor(private readonly idInstance: string) {}

  /**
   * Resolves when the method may be called. Rejects with the reason of `signal` when it fires.
   *
   * @throws {TooManyCallsError} if the call would wait for longer than a minute
   */
  async turn(method: string, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const lane = this.laneOf(method);
    if (this.isClosed || lane.start()) return;
    const { queued, perSecond } = lane;
    const seconds = Math.ceil(queued / perSecond);
    if (seconds >= LONGEST_QUEUE_SECONDS) throw this.tooMany(method, lane);
    if (seconds > LONG_QUEUE_SECONDS) {
      const { idInstance } = this;
      this.log.add({
        kind: method,
        level: 'warn',
        describe: (more) => LONG_QUEUE({ method, idInstance, seconds, perSecond, more }),
      });
    }
    await lane.wait(signal);
  }

  /**
   * Takes over the limit that an answer of GREEN-API states.
   *
   * @param stated the header `X-RateLimit-Replenish-Rate`: calls a second
   */
  learn(method: string, stated: unknown): void {
    const perSecond = Number(stated);
    const isRate = Number.isInteger(perSecond) && perSecond >= 1 && perSecond <= HIGHEST_RATE;
    if (isRate) this.laneOf(method).change(perSecond);
  }

  /** Ends all waits, because the connections are closed: the calls fail at once. */
  close(): void {
    this.isClosed = true;
    for (const lane of this.lanes.values()) lane.release();
  }

  private laneOf(method: string): Lane {
    const known = this.lanes.get(method);
    if (known) return known;
    const lane = new Lane(callsPerSecond(method));
    this.lanes.set(method, lane);
    return lane;
  }

  private tooMany(method: string, { queued, perSecond }: Lane): TooManyCallsError {
    const detail = `${queued} calls wait already, and GREEN-API allows ${perSecond} a second`;
    return new TooManyCallsError({ method, idInstance: this.idInstance, detail });
  }
}

interface LongQueue {
  readonly method: string;
  readonly idInstance: string;
  readonly seconds: number;
  readonly perSecond: number;
  readonly more: number | undefined;
}

const LONG_QUEUE = ({ method, idInstance, seconds, perSecond, more }: LongQueue) =>
  `${method} of instance ${idInstance}: a call waits about ${seconds} s for its turn, because ` +
  `GREEN-API allows ${perSecond} a second${more ? ` (and ${more} more calls like it)` : ''}; call ` +
  'this method less often';
