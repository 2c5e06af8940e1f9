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

/** The notifications that handlers gave up on, and the way back. */
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

  /** @throws {NoDeadLetterStoreError} */
  async get(id: string): Promise<DeadLetter | undefined> {
    return this.store.get(id);
  }

  /**
   * Deletes a letter for good; resolves to false if there is none.
   *
   * @throws {NoDeadLetterStoreError}
   */
  async discard(id: string): Promise<boolean> {
    return this.store.discard(id);
  }

  /**
   * Runs the handler that gave up again, as often as `retry.attempts` allows, whatever its
   * conditions say now. If it succeeds the letter is discarded; if it gives up again the letter
   * stays, with the new error. Called again for the same letter meanwhile, it waits for the same end.
   *
   * @param options.handler another handler to run in its place, such as `Inbox.onText` when the
   * method was renamed; if that gives up, the letter is its from then on
   * @returns what became of it: `acknowledged` or `dead-lettered`
   * @throws {RedriveError} if there is no such letter, handler or instance, if notifications are not
   * being handled or are no longer, or if the store fails; the letter stays
   * @throws {NoDeadLetterStoreError}
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
    if (!this.stream.isDispatched) {
      throw new RedriveError(id, 'notifications are not being handled; call start() first');
    }
    const outcome = await deliverUntilSettled(
      () => this.deliver(id, delivery),
      this.dispatcher.stopped,
    );
    if (outcome.result === 'retry') {
      throw new RedriveError(
        id,
        outcome.isStuck
          ? 'its handler gave up again, and the dead letter store failed'
          : 'receiving was stopped before its handler had finished',
      );
    }
    if (outcome.result === 'acknowledged') await this.discard(id);
    return outcome;
  }

  private deliver(id: string, delivery: Delivery): Promise<Outcome> {
    const { idInstance } = delivery.instance;
    if (this.instances.find(idInstance) !== delivery.instance) {
      throw new RedriveError(id, `instance ${idInstance} was removed`);
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
    if (letter.kind === 'unreadable') throw new RedriveError(id, 'it is no notification');
    return letter;
  }

  private deliveryOf(letter: UnhandledLetter, handler: string): Delivery {
    const { id, idInstance, notification, transport } = letter;
    const names = this.source.handlers.map(({ name }) => name);
    if (!names.includes(handler)) {
      throw new RedriveError(
        id,
        names.length === 0
          ? `there is no handler ${handler}, nor any other`
          : `there is no handler ${handler}; give one of these as "handler": ${names.join(', ')}`,
      );
    }
    const instance = this.instances.find(idInstance);
    if (!instance) throw new RedriveError(id, `instance ${idInstance} is not configured`);
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
