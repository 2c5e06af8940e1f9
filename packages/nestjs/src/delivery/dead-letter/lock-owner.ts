import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';

/**
 * Describes the owner of a lock, so that another process can find out whether it is still alive.
 */
export interface LockOwner {
  /** Different each time a lock is taken. */
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  /** When it took the lock. ISO 8601. */
  readonly since: string;
  /** The space in which `pid` is unique, such as a container. Unknown on some systems. */
  readonly pidSpace?: string;
  /** When the process started, on a clock of the machine: a later process may get the same pid. */
  readonly startedAt?: string;
}

/** `unknown`: its pid tells nothing, for example because it runs in another container. */
export type Life = 'alive' | 'dead' | 'unknown';

export async function thisProcess(id: string): Promise<LockOwner> {
  const pidSpace = await pidSpaceOfThisProcess();
  const startedAt = (await isProcOurs()) ? await startOf(process.pid) : undefined;
  return {
    id,
    pid: process.pid,
    host: hostname(),
    since: new Date().toISOString(),
    ...(pidSpace !== undefined && { pidSpace }),
    ...(startedAt !== undefined && { startedAt }),
  };
}

/** Whether `owner` is alive, as far as this process can tell. */
export async function lifeOf(owner: LockOwner | undefined, self: LockOwner): Promise<Life> {
  if (owner?.pidSpace === undefined || owner.pidSpace !== self.pidSpace) return 'unknown';
  if (!isPidInUse(owner.pid)) return 'dead';
  if (owner.startedAt === undefined || self.startedAt === undefined) return 'unknown';
  const startedAt = await startOf(owner.pid);
  if (startedAt === undefined) return 'unknown';
  return startedAt === owner.startedAt ? 'alive' : 'dead';
}

/** @returns undefined if the text is not, or not yet completely, that of an owner */
export function lockOwnerOf(text: string): LockOwner | undefined {
  try {
    const owner = JSON.parse(text) as LockOwner | null;
    return typeof owner?.id === 'string' && Number.isInteger(owner.pid) ? owner : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Every container has a process with pid 1. So on Linux the pid space is the number of the pid
 * namespace, together with the boot of the machine. Within one boot a namespace number is reused
 * only when all its processes have ended.
 */
async function pidSpaceOfThisProcess(): Promise<string | undefined> {
  if (process.platform !== 'linux') return hostname();
  try {
    const boot = await readFile('/proc/sys/kernel/random/boot_id', 'utf8');
    return `${boot.trim()} ${await readlink('/proc/self/ns/pid')}`;
  } catch {
    return undefined;
  }
}

/** False if /proc shows the pids of another namespace, or does not exist. */
async function isProcOurs(): Promise<boolean> {
  return (await readlink('/proc/self').catch(() => undefined)) === String(process.pid);
}

function isPidInUse(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}

/** @returns undefined if it cannot be read */
async function startOf(pid: number): Promise<string | undefined> {
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // The process name is in parentheses before these fields. It may contain spaces and parentheses.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A process that has ended stays in /proc until its parent waits for it.
  return fields?.[0] === 'Z' || fields?.[0] === 'X' ? 'ended' : fields?.[19];
}
