import { setImmediate as nextTurn } from 'node:timers/promises';

declare const gc: () => void;

/** What a process holds open. */
export interface Resources {
  /** Sockets, servers, timers and the like, by kind. */
  readonly active: Readonly<Record<string, number>>;
  /** Listeners on `process`. */
  readonly processListeners: number;
  readonly heapMb: number;
}

/** What this process holds open when everything that is ending has ended. */
export async function resources(): Promise<Resources> {
  for (let turn = 0; turn < 50; turn += 1) await nextTurn();
  gc();
  await nextTurn();
  gc();
  const active: Record<string, number> = {};
  for (const kind of process.getActiveResourcesInfo()) active[kind] = (active[kind] ?? 0) + 1;
  const processListeners = process
    .eventNames()
    .reduce((sum, name) => sum + process.listenerCount(name), 0);
  return { active, processListeners, heapMb: process.memoryUsage().heapUsed / 2 ** 20 };
}
