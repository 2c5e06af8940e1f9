import type { Delivery, GreenNotifications } from '@green-notifications/nestjs';

/** Counts how many chats are handled at the same time, and how much time that saves. */
export class DemoParallelism {
  private readonly beganAtMs = new Map<Delivery, number>();
  private most = 0;
  /** How long anything was being handled. */
  private busyMs = 0;
  private busySinceMs = 0;
  /** The sum over all notifications. */
  private workMs = 0;

  constructor({ notifications$, outcomes$ }: GreenNotifications) {
    notifications$.subscribe((delivery) => this.begin(delivery));
    outcomes$.subscribe(({ delivery }) => this.end(delivery));
  }

  get status(): string {
    return `chats at the same time: ${this.beganAtMs.size} now, ${this.most} at most`;
  }

  get summary(): string {
    return (
      `Chats that were handled at the same time: ${this.most} at most. The handlers took ` +
      `${seconds(this.busyMs)}; one after the other they take ${seconds(this.workMs)}`
    );
  }

  private begin(delivery: Delivery): void {
    const nowMs = performance.now();
    if (this.beganAtMs.size === 0) this.busySinceMs = nowMs;
    this.beganAtMs.set(delivery, nowMs);
    this.most = Math.max(this.most, this.beganAtMs.size);
  }

  private end(delivery: Delivery): void {
    const nowMs = performance.now();
    this.workMs += nowMs - (this.beganAtMs.get(delivery) ?? nowMs);
    this.beganAtMs.delete(delivery);
    if (this.beganAtMs.size === 0) this.busyMs += nowMs - this.busySinceMs;
  }
}

export function seconds(durationMs: number): string {
  return `${(durationMs / 1000).toFixed(1)} s`;
}
