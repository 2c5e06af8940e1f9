import type { InstanceRegistry } from '../../instance/instance.registry.js';
import { deliveryKey } from '../../notification/notification-key.js';
import { deliverUntilSettled } from '../deliver-until-settled.js';
import type { DeliveryDispatcher } from '../delivery.dispatcher.js';
import type { Delivery } from '../delivery.js';
import type { DeliveryLog } from '../delivery.log.js';
import type { HandlerSource } from '../notification.handler.js';
import type { NotificationStream } from '../notification.stream.js';
import type { Outcome } from '../outcome.js';
import { BulkRedrive } from './bulk-redrive.js';
import type { DeadLetter, UnhandledLetter } from './dead-letter.js';
import type { DeadLetterWriter } from './dead-letter.writer.js';
import type { DeadLetterStore } from './dead-letter.store.js';
import { NoDeadLetterStoreError, RedriveError } from './dead-letter.errors.js';
import { LetterJob } from './letter.job.js';
import type { RedriveAllOptions, RedriveReport } from './redrive-report.js';

/** Lists, redrives and discards dead letters. */
export class DeadLetters {
  private readonly redrives = new Map<string, Promise<Outcome>>();

  /** @internal */
  constructor(
    private readonly writer: DeadLetterWriter,
    private readonly stream: NotificationStream,
    private readonly dispatcher: DeliveryDispatcher,
    private readonly source: HandlerSource,
    private readonly instances: InstanceRegistry,
    private readonly log: DeliveryLog,
  ) {}

  /**
   * All letters, oldest first.
   *
   * @throws {NoDeadLetterStoreError}
   */
  async list(): Promise<readonly DeadLetter[]> {
    return this.store.list();
  }

  /**
   * One letter, or undefined if there is none with this id.
   *
   * @throws {NoDeadLetterStoreError}
   */
  async get(id: string): Promise<DeadLetter | undefined> {
    return this.store.get(id);
  }

  /**
   * The letters that are there now, oldest first, read a few at a time: for more letters than fit into
   * memory. Letters that are discarded or written meanwhile may be among them or not.
   *
   * @throws {NoDeadLetterStoreError} at the first step
   */
  async *iterate(): AsyncIterable<DeadLetter> {
    const { store } = this;
    if (store.iterate) yield* store.iterate();
    else yield* await store.list();
  }

  /**
   * Deletes a letter for good. Resolves to false if there is none with this id.
   *
   * @throws {NoDeadLetterStoreError}
   */
  async discard(id: string): Promise<boolean> {
    return this.store.discard(id);
  }

  /**
   * Runs the handler of a letter again, with all its attempts. Its conditions are not checked. If
   * the handler succeeds, the letter is discarded. If it gives up again, the letter stays, with the
   * new error. A second call for the same letter, while the first one is running, runs nothing and
   * has the same result.
   *
   * Errors of the store while it reads or discards the letter come through unchanged. If discarding
   * fails, the handler has already succeeded.
   *
   * @param options.handler another handler to run instead, such as `Inbox.onText`, for example
   * after the method was renamed. If this handler gives up, the letter belongs to it from then on.
   * @returns the outcome: `acknowledged` or `dead-lettered`
   * @throws {RedriveError} if there is no such letter, handler or instance; if the letter is a body
   * that could not be read; if receiving is not started, or stops before the handler has finished;
   * or if the handler gives up again and the store cannot write the letter. The letter stays.
   * @throws {NoDeadLetterStoreError} if there is no store
   */
  async redrive(id: string, options: { readonly handler?: string } = {}): Promise<Outcome> {
    return this.redriveOrJoin(id, options.handler, this.dispatcher.stopped);
  }

  /**
   * Redrives many letters: the letters of a chat one after the other, oldest first, and several chats
   * at the same time. If a letter fails again, it stays with the new error, and the later ones of its
   * chat stay as they are and do not run: they may not overtake it. To go on with them, discard it or
   * leave it out with `where`.
   *
   * Every ten seconds, and at the end, a log line says how many are done. `outcomes$` emits the outcome
   * of each attempt. Letters that are written meanwhile wait for the next call.
   *
   * When receiving stops or `signal` fires, it begins no other letter, and resolves when the running
   * handlers have ended. If the store fails, it does the same, and rejects with the error of the store.
   *
   * @returns how many were handled, and which have failed again
   * @throws {RedriveError} if there is no such handler, `concurrency` is not a whole number from 1, or
   * receiving is not started
   * @throws {NoDeadLetterStoreError} if there is no store
   */
  async redriveAll(options: RedriveAllOptions = {}): Promise<RedriveReport> {
    const { where = () => true, handler, concurrency = 10, signal } = options;
    if (!Number.isInteger(concurrency) || concurrency < 1) {
      throw new RedriveError(undefined, 'concurrency must be a whole number, at least 1');
    }
    if (handler !== undefined) this.requireHandler(undefined, handler);
    this.requireStarted(undefined);
    const stop = new AbortController();
    const end = () => stop.abort();
    const sources = [this.dispatcher.stopped, ...(signal ? [signal] : [])];
    for (const source of sources) source.addEventListener('abort', end, { once: true });
    if (signal?.aborted) end();
    try {
      const bulk = new BulkRedrive({
        log: this.log,
        isHalted: () => stop.signal.aborted || !this.stream.dispatch,
        redrive: async (id) => {
          const { result } = await this.redriveOrJoin(id, handler, stop.signal);
          return result === 'acknowledged' ? undefined : this.errorOf(id);
        },
      });
      await bulk.plan(this.iterate(), where);
      return await bulk.run(concurrency);
    } finally {
      for (const source of sources) source.removeEventListener('abort', end);
    }
  }

  /**
   * Deletes the letters for which `where` returns true, for good.
   *
   * @param options.signal deletes no more when it fires
   * @returns how many were deleted
   * @throws {NoDeadLetterStoreError} if there is no store
   */
  async discardAll(options: {
    readonly where: (letter: DeadLetter) => boolean;
    readonly signal?: AbortSignal;
  }): Promise<number> {
    const ids: string[] = [];
    for await (const letter of this.iterate()) if (options.where(letter)) ids.push(letter.id);
    let count = 0;
    for (const id of ids) {
      if (options.signal?.aborted) break;
      if (await this.discard(id)) count += 1;
    }
    return count;
  }

  private async redriveOrJoin(
    id: string,
    handler: string | undefined,
    stop: AbortSignal,
  ): Promise<Outcome> {
    const running = this.redrives.get(id);
    if (running) return running;
    const redrive = this.redriveOnce(id, handler, stop);
    this.redrives.set(id, redrive);
    try {
      return await redrive;
    } finally {
      this.redrives.delete(id);
    }
  }

  private async redriveOnce(
    id: string,
    handler: string | undefined,
    stop: AbortSignal,
  ): Promise<Outcome> {
    const letter = await this.redrivable(id);
    const job = this.jobOf(id);
    const delivery = this.deliveryOf(letter, handler ?? letter.handler, job);
    this.requireStarted(id);
    const outcome = await deliverUntilSettled(() => this.deliver(id, delivery, job), stop);
    if (outcome.result === 'retry') {
      throw new RedriveError(
        id,
        outcome.isStuck
          ? 'its handler gave up again, and the dead letter store could not write the letter; check ' +
              'the handler and the store'
          : 'receiving was stopped before its handler had finished; redrive it again after start()',
      );
    }
    if (outcome.result === 'acknowledged') await this.discard(id);
    return outcome;
  }

  private async deliver(
    id: string,
    delivery: Delivery,
    job: LetterJob | undefined,
  ): Promise<Outcome> {
    const { idInstance } = delivery.instance;
    if (this.instances.find(idInstance) !== delivery.instance) {
      throw new RedriveError(id, `instance ${idInstance} was removed; add it again`);
    }
    const outcome = await this.stream.deliver(delivery);
    if (job?.isGone) throw RedriveError.gone(id);
    // Even if the handler was cut off afterwards: its transaction has discarded the letter.
    return job?.isCommitted
      ? { result: 'acknowledged', reason: 'handled', runs: outcome.runs }
      : outcome;
  }

  /** Undefined if the store has no transactions. */
  private jobOf(id: string): LetterJob | undefined {
    const { store } = this;
    return hasTransactions(store) ? new LetterJob(id, store) : undefined;
  }

  /** With what its handler gave up. */
  private async errorOf(id: string): Promise<string> {
    const letter = await this.store.get(id);
    return letter?.kind === 'unhandled' ? letter.error.message : 'its handler gave up again';
  }

  private get store(): DeadLetterStore {
    if (!this.writer.store) throw new NoDeadLetterStoreError();
    return this.writer.store;
  }

  private async redrivable(id: string): Promise<UnhandledLetter> {
    const letter = await this.store.get(id);
    if (!letter) throw RedriveError.gone(id);
    if (letter.kind === 'unreadable') {
      throw new RedriveError(id, 'its body could not be read; process it by hand and discard it');
    }
    return letter;
  }

  private requireStarted(id: string | undefined): void {
    if (this.stream.dispatch) return;
    throw new RedriveError(id, 'receiving is not started; call start() first');
  }

  private requireHandler(id: string | undefined, handler: string): void {
    const names = this.source.handlers.map(({ name }) => name);
    if (!names.includes(handler)) {
      throw new RedriveError(
        id,
        names.length === 0
          ? `there is no handler ${handler}, and no other one either`
          : `there is no handler ${handler}; give one of these as "handler": ${names.join(', ')}`,
      );
    }
  }

  private deliveryOf(
    letter: UnhandledLetter,
    handler: string,
    job: LetterJob | undefined,
  ): Delivery {
    const { id, idInstance, notification, transport, remembered } = letter;
    this.requireHandler(id, handler);
    const instance = this.instances.find(idInstance);
    if (!instance) {
      throw new RedriveError(id, `instance ${idInstance} does not exist; add it to the instances`);
    }
    return {
      key: deliveryKey(notification, idInstance),
      notification,
      instance,
      transport,
      receivedAt: new Date(),
      redeliveryMs: 0,
      redriveOf: { letterId: id, handler, ...(remembered && { remembered }) },
      ...(job && { job }),
    };
  }
}

function hasTransactions(
  store: DeadLetterStore,
): store is DeadLetterStore & Required<Pick<DeadLetterStore, 'transaction'>> {
  return store.transaction !== undefined;
}
