import { randomUUID } from 'node:crypto';

import { Logger } from '@nestjs/common';

import { messageOf } from '../inbox.errors.js';
import type { PollerTable } from './poller.table.js';

const RENEW_MS = 1000;

/** Told when the lease ends and begins. */
export interface MembershipListener {
  /** Another process may have taken over what this one polls. */
  lost(): void;
  /** There is a lease again. */
  regained(): void;
}

/**
 * The lease of this process: as long as it has one, others leave its instances to it.
 *
 * The lease is counted from the moment before its last renewal was sent, on this process's own
 * clock. So it ends here before it ends in the database.
 */
export class Membership {
  private readonly logger = new Logger('GreenNotificationsInbox');
  private member = randomUUID();
  private isJoined = false;
  /** Monotonic time in milliseconds. */
  private endsAtMs = 0;
  private isLost = true;
  private renewal: Promise<void> | undefined;
  private renewing: NodeJS.Timeout | undefined;
  private ending: NodeJS.Timeout | undefined;

  constructor(
    private readonly table: PollerTable,
    private readonly leaseMs: number,
    private readonly listener: MembershipListener,
  ) {}

  /** The member that this process is. It is another one after others have buried the first. */
  get id(): string {
    return this.member;
  }

  get isAlive(): boolean {
    return performance.now() < this.endsAtMs;
  }

  /** Never rejects: it goes on trying. */
  async start(): Promise<void> {
    this.renewing = setInterval(() => void this.tick(), Math.min(RENEW_MS, this.leaseMs / 3));
    await this.tick();
  }

  async stop(): Promise<void> {
    clearInterval(this.renewing);
    await this.renewal;
    clearTimeout(this.ending);
    this.endsAtMs = 0;
    await this.table.leave(this.member);
  }

  private tick(): Promise<void> {
    return (this.renewal ??= this.extend().finally(() => (this.renewal = undefined)));
  }

  private async extend(): Promise<void> {
    try {
      const sentAtMs = performance.now();
      await this.renew();
      this.endsAtMs = sentAtMs + this.leaseMs;
      clearTimeout(this.ending);
      this.ending = setTimeout(() => this.end(), this.endsAtMs - performance.now());
      if (!this.isLost) return;
      this.isLost = false;
      this.listener.regained();
    } catch (error) {
      this.logger.debug(`The lease of the pollers was not renewed: ${messageOf(error)}`);
    }
  }

  private async renew(): Promise<void> {
    if (this.isJoined && (await this.table.renew(this.member, this.leaseMs))) return;
    if (this.isJoined) this.end();
    // The old member must not come back: what it polled may be polled by others.
    this.isJoined = false;
    this.member = randomUUID();
    await this.table.join(this.member, this.leaseMs);
    this.isJoined = true;
  }

  private end(): void {
    if (this.isLost) return;
    this.isLost = true;
    this.endsAtMs = 0;
    this.listener.lost();
  }
}
