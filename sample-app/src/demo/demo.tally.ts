import type { EmulatedInstance } from '@green-notifications/emulator';
import type { DeliveryOutcome, GreenNotifications } from '@green-notifications/nestjs';
import type { Subscription } from 'rxjs';

/**
 * Counts the notifications in the application, and compares them with those that the emulator
 * issued.
 */
export class DemoTally {
  private readonly received = new Set<string>();
  /** Notifications that all handlers handled successfully, or that became dead letters. */
  private handled = 0;
  private attempts = 0;
  private readonly subscriptions: Subscription[];

  constructor(
    greenNotifications: GreenNotifications,
    private readonly instance: EmulatedInstance,
  ) {
    this.subscriptions = [
      greenNotifications.notifications$.subscribe(({ key }) => this.received.add(key)),
      greenNotifications.outcomes$.subscribe((outcome) => this.count(outcome)),
    ];
  }

  close(): void {
    for (const subscription of this.subscriptions) subscription.unsubscribe();
  }

  /**
   * Notifications that were issued but not handled: acknowledged although no handler succeeded, or
   * still with GREEN-API at the end. The sample app has a handler for every kind.
   */
  get lost(): number {
    const { deleted, undeleted } = this.instance.ledger;
    return Math.max(0, deleted.length - this.handled) + undeleted.length;
  }

  get status(): string {
    const { received, handled, attempts, instance } = this;
    return (
      `received ${received.size} · handled ${handled} · attempts ${attempts} · ` +
      `acknowledged ${instance.ledger.deleted.length} · waiting ${instance.queueLength}`
    );
  }

  get summary(): string {
    const { received, handled, instance, lost } = this;
    return (
      `received ${received.size}, handled ${handled}, ` +
      `acknowledged ${instance.ledger.deleted.length}, lost ${lost}`
    );
  }

  private count({ outcome }: DeliveryOutcome): void {
    if (outcome.joined) return;
    this.attempts += 1;
    const isHandled = outcome.result === 'acknowledged' && outcome.reason === 'handled';
    if (isHandled || outcome.result === 'dead-lettered') this.handled += 1;
  }
}
