import { setTimeout as delay } from 'node:timers/promises';

import type { ContestantCommands } from '../contestants/contestant.main.js';
import type { ContestantName } from '../contestants/contestants.js';
import type { FailurePlan } from '../contestants/failing.handler.js';
import type { GatewayCommands } from '../gateway/gateway.main.js';
import type { GroupCount, GroupOptions } from '../gateway/gateway.group.js';
import type { Child, Children } from '../processes/children.js';

export type GatewayChild = Child<GatewayCommands>;

export function startGateway(children: Children): Promise<GatewayChild> {
  return children.start<GatewayCommands>('gateway/gateway.main');
}

interface ContestantOptions extends GroupOptions {
  readonly receiveTimeoutSeconds?: number;
  readonly rememberedEntries?: number | undefined;
  readonly plan?: FailurePlan;
}

const QUIET_WITHIN_MS = 8000;
const LOOK_EVERY_MS = 15;

/** What a contestant did in a round. */
export interface Round extends GroupCount {
  readonly cpuMicrosEach: number;
  readonly handled: number;
}

/** A contestant in its own process, and its instances at the gateway. */
export class PolledContestant {
  private constructor(
    readonly name: ContestantName,
    readonly child: Child<ContestantCommands>,
    readonly gateway: GatewayChild,
    readonly group: number,
    private readonly instances: number,
  ) {}

  /** Starts it. When it polls all of its instances, `quiet` resolves. */
  static async start(
    children: Children,
    gateway: GatewayChild,
    name: ContestantName,
    options: ContestantOptions,
  ): Promise<PolledContestant> {
    const { receiveTimeoutSeconds = 5, rememberedEntries, plan, ...groupOptions } = options;
    const { group, instances } = await gateway.ask('addGroup', groupOptions);
    const child = await children.start<ContestantCommands>('contestants/contestant.main', name);
    const receiving = { instances, receiveTimeoutSeconds, rememberedEntries };
    if (plan) await child.ask('startFailing', { ...receiving, plan });
    else await child.ask('start', receiving);
    return new PolledContestant(name, child, gateway, group, instances.length);
  }

  /** Lets it receive for a while, and counts. */
  async round(forMs: number): Promise<Round> {
    await this.quiet();
    await this.gateway.ask('mark', this.group);
    const before = await this.child.ask('usage');
    await this.gateway.ask('feed', { group: this.group, isFed: true });
    await delay(forMs);
    await this.gateway.ask('feed', { group: this.group, isFed: false });
    await this.quiet();
    const after = await this.child.ask('usage');
    const count = await this.gateway.ask('count', this.group);
    return {
      ...count,
      cpuMicrosEach: (after.cpuMicros - before.cpuMicros) / count.deleted,
      handled: after.handled - before.handled,
    };
  }

  /** Resolves when every instance waits for a notification, or nearly every one after a while. */
  async quiet(withinMs = QUIET_WITHIN_MS): Promise<void> {
    const untilMs = performance.now() + withinMs;
    while ((await this.gateway.ask('polled', this.group)) < this.instances) {
      if (performance.now() > untilMs) return;
      await delay(LOOK_EVERY_MS);
    }
  }
}
