import { answerParent } from '../processes/answer-parent.js';
import type { GatewayGroup, GroupCount, GroupOptions } from './gateway.group.js';
import { GatewayServer, type InstanceAddress } from './gateway.server.js';
import type { LedgerEntry } from './instance.queue.js';

const server = new GatewayServer();
await server.listen();
const groups: GatewayGroup[] = [];

const commands = {
  addGroup(options: GroupOptions): { group: number; instances: InstanceAddress[] } {
    const { group, instances } = server.addGroup(options);
    groups.push(group);
    return { group: groups.length - 1, instances };
  },
  feed({ group, isFed }: { group: number; isFed: boolean }): void {
    groups[group]!.feed(isFed);
  },
  add({ group, count }: { group: number; count: number }): void {
    groups[group]!.add(count);
  },
  trickle({ group, count, meanPauseMs }: { group: number; count: number; meanPauseMs: number }) {
    return groups[group]!.trickle(count, meanPauseMs);
  },
  mark(group: number): void {
    groups[group]!.mark();
  },
  count(group: number): GroupCount {
    return groups[group]!.count();
  },
  polled(group: number): number {
    return groups[group]!.polled;
  },
  ledger(group: number): readonly LedgerEntry[] {
    return groups[group]!.ledger;
  },
  cpuMicros(): number {
    const { user, system } = process.cpuUsage();
    return user + system;
  },
};

export type GatewayCommands = typeof commands;

answerParent(commands);
