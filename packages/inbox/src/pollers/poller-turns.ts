import type { Instance } from '@green-notifications/nestjs';
import type { Pollers } from '@green-notifications/nestjs/spi';
import { Logger } from '@nestjs/common';

import { Wake } from '../consumer/wake.js';
import { messageOf } from '../inbox.errors.js';
import { fairShareOf } from './fair-share.js';
import { Membership } from './membership.js';
import type { PollersSeen, PollerTable } from './poller.table.js';

/** How often to look what others poll, if nothing tells that it has changed. */
const TURN_MS = 1000;
/** Changes that come at about the same time are looked at together. */
const GROUPING_MS = 20;
/** How long a poller may take to end when another process has asked for its instance. */
const HAND_OVER_TIMEOUT_MS = 5000;
/** How long a stop waits for the database. */
const LONGEST_LEAVE_MS = 2000;

/**
 * Makes this process poll its share, from one start to the next stop.
 *
 * In each turn it gives away what others have asked for, takes what nobody polls, and asks for what
 * is missing to its share. An instance is `open` while it is polled, then `closing` until its poller
 * has ended, then `ended` until the database knows: so nobody else begins to poll it too early.
 */
export class PollerTurns {
  private readonly logger = new Logger('GreenNotificationsInbox');
  private readonly wakeUp = new Wake();
  private readonly membership: Membership;
  private readonly known: Map<string, Instance>;
  private readonly open = new Map<string, Instance>();
  private readonly closing = new Map<string, Promise<void>>();
  private readonly ended = new Set<string>();
  /** The pollers that are being opened. */
  private opening: Promise<void> = Promise.resolve();
  private looping: Promise<void> = Promise.resolve();
  private listener: { close(): Promise<void> } | undefined;
  /** Since when there are instances that nobody takes: monotonic time in milliseconds. */
  private leftOverSinceMs = Infinity;
  private isStopping = false;
  private isOver = false;
  /** Why this process polls nothing. */
  failure: string | undefined;

  constructor(
    private readonly table: PollerTable,
    private readonly leaseMs: number,
    private readonly pollers: Pollers,
    instances: readonly Instance[],
  ) {
    this.known = new Map(instances.map((instance) => [instance.idInstance, instance]));
    this.membership = new Membership(table, leaseMs, {
      lost: () => this.lost(),
      regained: () => this.regained(),
    });
  }

  async start(): Promise<void> {
    await this.membership.start();
    try {
      this.listener = await this.table.listen(() => this.wakeUp.within(GROUPING_MS));
    } catch (error) {
      this.logger.debug(`Pollers are looked at once a second: ${messageOf(error)}`);
    }
    await this.turn();
    this.looping = this.loop();
  }

  add(instance: Instance): void {
    this.known.set(instance.idInstance, instance);
    this.wakeUp.within(GROUPING_MS);
  }

  async remove(instance: Instance, timeoutMs: number): Promise<void> {
    this.known.delete(instance.idInstance);
    await this.end(instance, timeoutMs);
  }

  holds({ idInstance }: Instance): boolean {
    const isPolled = this.open.has(idInstance) || this.closing.has(idInstance);
    return isPolled && this.membership.isAlive;
  }

  async stop(timeoutMs: number): Promise<void> {
    this.isStopping = true;
    for (const instance of this.open.values()) void this.end(instance, timeoutMs);
    // Those that others had asked for may take longer than a stop.
    await Promise.race([Promise.all(this.closing.values()), afterMs(timeoutMs + GROUPING_MS)]);
    this.isOver = true;
    this.wakeUp.within(0);
    await Promise.race([this.leave(), afterMs(LONGEST_LEAVE_MS)]);
  }

  private async leave(): Promise<void> {
    // Not after the rest, which may take as long as the database is away.
    const closed = this.listener?.close();
    await this.looping;
    try {
      await this.membership.stop();
      await closed;
    } catch (error) {
      this.logger.warn(
        `Other processes take over what this one polled after ${this.leaseMs} ms, because the ` +
          `database of the inbox failed: ${messageOf(error)}`,
      );
    }
  }

  private async loop(): Promise<void> {
    while (!this.isOver) {
      await this.wakeUp.wait(TURN_MS);
      await this.turn();
    }
  }

  private async turn(): Promise<void> {
    if (!this.membership.isAlive) return;
    const { id } = this.membership;
    try {
      await this.release(id);
      if (!this.isStopping) await this.share(id);
    } catch (error) {
      this.logger.debug(`Pollers were not shared: ${messageOf(error)}`);
    }
  }

  private async release(member: string): Promise<void> {
    const ids = [...this.ended];
    if (ids.length === 0) return;
    await this.table.release(member, ids);
    for (const id of ids) this.ended.delete(id);
  }

  private async share(member: string): Promise<void> {
    const seen = await this.look(member);
    if (seen.owned !== this.open.size + this.closing.size + this.ended.size) {
      await this.match(member);
    }
    for (const id of seen.asked) {
      const instance = this.open.get(id);
      if (instance) void this.end(instance, HAND_OVER_TIMEOUT_MS);
    }
    const isLeftOver = performance.now() - this.leftOverSinceMs >= TURN_MS;
    const { take, ask } = fairShareOf(seen, isLeftOver);
    const known = [...this.known.keys()];
    const { taken, left } =
      take + ask > 0
        ? await this.table.claim(member, known, isLeftOver)
        : { taken: [], left: seen.free };
    this.leftOverSinceMs = left > 0 ? Math.min(this.leftOverSinceMs, performance.now()) : Infinity;
    this.begin(member, taken);
  }

  private async look(member: string): Promise<PollersSeen> {
    const known = [...this.known.keys()];
    const seen = await this.table.view(member, known);
    if (!seen.hasDead) return seen;
    const { processes, instances } = await this.table.bury();
    if (instances > 0) {
      this.logger.warn(
        `Taking over ${instances} polled instances: ${processes} of the processes that share them ` +
          `ended, or did not renew their leases for ${this.leaseMs} ms`,
      );
    }
    return this.table.view(member, known);
  }

  /** Makes the pollers match the table: another process has handed some over. */
  private async match(member: string): Promise<void> {
    const owned = await this.table.ownedBy(member);
    for (const [id, instance] of this.open) {
      if (!owned.has(id)) void this.end(instance, HAND_OVER_TIMEOUT_MS);
    }
    for (const id of owned) {
      if (!this.known.has(id) && !this.closing.has(id)) this.ended.add(id);
    }
    this.begin(member, [...owned]);
  }

  private begin(member: string, ids: readonly string[]): void {
    if (this.isStopping || !this.membership.isAlive || this.membership.id !== member) return;
    const begun = ids.flatMap((id) => {
      const isBusy = this.open.has(id) || this.closing.has(id) || this.ended.has(id);
      return (!isBusy && this.known.get(id)) || [];
    });
    if (begun.length === 0) return;
    for (const instance of begun) this.open.set(instance.idInstance, instance);
    this.opening = this.pollers.open(begun).catch((error: unknown) => {
      this.logger.error(`Pollers were not opened: ${messageOf(error)}`);
    });
  }

  private end(instance: Instance, timeoutMs: number): Promise<void> {
    const { idInstance } = instance;
    const isOpen = this.open.delete(idInstance);
    if (!isOpen) return this.closing.get(idInstance) ?? Promise.resolve();
    const closing = this.close(instance, timeoutMs);
    this.closing.set(idInstance, closing);
    return closing;
  }

  private async close(instance: Instance, timeoutMs: number): Promise<void> {
    const { idInstance } = instance;
    await this.opening;
    try {
      await this.pollers.close(instance, timeoutMs);
    } catch (error) {
      this.logger.error(`A poller did not end properly: ${messageOf(error)}`);
    }
    this.closing.delete(idInstance);
    this.ended.add(idInstance);
    this.wakeUp.within(GROUPING_MS);
  }

  private lost(): void {
    const instances = [...this.open.values()];
    this.open.clear();
    for (const { idInstance } of instances) this.ended.add(idInstance);
    void this.opening.then(() => this.pollers.abandon(instances));
    if (this.isStopping) return;
    this.failure =
      `this process did not renew its lease for ${this.leaseMs} ms, so other processes may poll its ` +
      'instances; look for work that blocks the event loop, a database that is away, or a pool with ' +
      'too few connections';
    if (instances.length > 0) {
      this.logger.error(`Polling of ${instances.length} instances has ended: ${this.failure}`);
    }
  }

  private regained(): void {
    if (this.failure !== undefined) this.logger.log('Polling can go on: there is a lease again');
    this.failure = undefined;
    this.wakeUp.within(0);
  }
}

function afterMs(durationMs: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, durationMs).unref());
}
