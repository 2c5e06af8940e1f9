import type { EmulatedInstance } from '@green-notifications/emulator';
import {
  type DeliveryOutcome,
  type GreenNotifications,
  notificationKey,
} from '@green-notifications/nestjs';
import type { Subscription } from 'rxjs';

/** Counts what the application saw, and compares it with what the emulator issued. */
export class DemoTally {
  private readonly received = new Set<string>();
  private handled = 0;
  private attempts = 0;
  private readonly subscriptions: Subscription[];

  constructor(
    greenNotifications: GreenNotifications,
    private readonly instance: EmulatedInstance,
  ) {
    this.subscriptions = [
      greenNotifications.notifications$.subscribe(({ notification }) =>
        this.received.add(notificationKey(notification)),
      ),
      greenNotifications.outcomes$.subscribe((outcome) => this.count(outcome)),
    ];
  }

  close(): void {
    for (const subscription of this.subscriptions) subscription.unsubscribe();
  }

  /** Notifications that were issued and neither acknowledged nor still in the queue, or left there at the end. */
  get lost(): number {
    return this.instance.ledger.undeleted.length;
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
    this.attempts += 1;
    if (outcome.result !== 'retry') this.handled += 1;
  }
}
