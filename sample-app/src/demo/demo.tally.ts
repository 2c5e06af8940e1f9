import type { EmulatedInstance } from '@green-notifications/emulator';
import type { DeliveryOutcome, GreenNotifications } from '@green-notifications/nestjs';
import type { Subscription } from 'rxjs';

/** Counts what the application saw, and compares it with what the emulator issued. */
export class DemoTally {
  private readonly received = new Set<string>();
  /** Notifications that every handler succeeded with, or that became dead letters. */
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
   * Notifications that were issued and not handled: acknowledged without a handler that succeeded,
   * or left at GREEN-API in the end. The sample app has a handler for every kind.
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
