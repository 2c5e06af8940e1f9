import type { InstanceRegistry } from '../../instance/instance.registry.js';
import { deliveryKey } from '../../notification/notification-key.js';
import { deliverUntilSettled } from '../deliver-until-settled.js';
import type { DeliveryDispatcher } from '../delivery.dispatcher.js';
import type { Delivery } from '../delivery.js';
import type { HandlerSource } from '../notification.handler.js';
import type { NotificationStream } from '../notification.stream.js';
import type { Outcome } from '../outcome.js';
import type { DeadLetter, UnhandledLetter } from './dead-letter.js';
import type { DeadLetterWriter } from './dead-letter.writer.js';
import type { DeadLetterStore } from './dead-letter.store.js';
import { NoDeadLetterStoreError, RedriveError } from './dead-letter.errors.js';

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
    const running = this.redrives.get(id);
    if (running) return running;
    const redrive = this.redriveOnce(id, options.handler);
    this.redrives.set(id, redrive);
    try {
      return await redrive;
    } finally {
      this.redrives.delete(id);
    }
  }

  private async redriveOnce(id: string, handler: string | undefined): Promise<Outcome> {
    const letter = await this.redrivable(id);
    const delivery = this.deliveryOf(letter, handler ?? letter.handler);
    if (!this.stream.dispatch) {
      throw new RedriveError(id, 'receiving is not started; call start() first');
    }
    const outcome = await deliverUntilSettled(
      () => this.deliver(id, delivery),
      this.dispatcher.stopped,
    );
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

  private deliver(id: string, delivery: Delivery): Promise<Outcome> {
    const { idInstance } = delivery.instance;
    if (this.instances.find(idInstance) !== delivery.instance) {
      throw new RedriveError(id, `instance ${idInstance} was removed; add it again`);
    }
    return this.stream.deliver(delivery);
  }

  private get store(): DeadLetterStore {
    if (!this.writer.store) throw new NoDeadLetterStoreError();
    return this.writer.store;
  }

  private async redrivable(id: string): Promise<UnhandledLetter> {
    const letter = await this.store.get(id);
    if (!letter) throw new RedriveError(id, 'there is no such letter');
    if (letter.kind === 'unreadable') {
      throw new RedriveError(id, 'its body could not be read; process it by hand and discard it');
    }
    return letter;
  }

  private deliveryOf(letter: UnhandledLetter, handler: string): Delivery {
    const { id, idInstance, notification, transport } = letter;
    const names = this.source.handlers.map(({ name }) => name);
    if (!names.includes(handler)) {
      throw new RedriveError(
        id,
        names.length === 0
          ? `there is no handler ${handler}, and no other one either`
          : `there is no handler ${handler}; give one of these as "handler": ${names.join(', ')}`,
      );
    }
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
      redriveOf: { letterId: id, handler },
    };
  }
}
