import type { Instance } from '@green-notifications/nestjs';
import type { Pollers, PollerShare } from '@green-notifications/nestjs/spi';

import type { PollerTable } from './poller.table.js';
import { PollerTurns } from './poller-turns.js';

/** Shares the polled instances of the processes that use one database. */
export class SharedPollers implements PollerShare {
  /** Undefined while this process does not receive. */
  private turns: PollerTurns | undefined;

  constructor(
    private readonly table: PollerTable,
    private readonly leaseMs: number,
  ) {}

  /** Why this process polls nothing. */
  get failure(): string | undefined {
    return this.turns?.failure;
  }

  async start(instances: readonly Instance[], pollers: Pollers): Promise<void> {
    this.turns = new PollerTurns(this.table, this.leaseMs, pollers, instances);
    await this.turns.start();
  }

  add(instance: Instance): void {
    this.turns?.add(instance);
  }

  async remove(instance: Instance, timeoutMs: number): Promise<void> {
    await this.turns?.remove(instance, timeoutMs);
  }

  async stop(timeoutMs: number): Promise<void> {
    const { turns } = this;
    await turns?.stop(timeoutMs);
    this.turns = undefined;
  }

  holds(instance: Instance): boolean {
    return this.turns?.holds(instance) ?? false;
  }
}
