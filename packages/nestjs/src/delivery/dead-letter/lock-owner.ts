import { readFile, readlink } from 'node:fs/promises';
import { hostname } from 'node:os';

/** Who holds a lock, in words by which another process can find out whether it still lives. */
export interface LockOwner {
  /** Different each time that a lock is taken. */
  readonly id: string;
  readonly pid: number;
  readonly host: string;
  /** ISO 8601. */
  readonly since: string;
  /** Where `pid` means this process and no other; unknown on some systems. */
  readonly pidSpace?: string;
  /** When the process began, on a clock of the machine: a pid is given out again. */
  readonly startedAt?: string;
}

/** `unknown`: it runs where its pid says nothing here, such as in another container. */
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

/** What this process can say about the life of `owner`. */
export async function lifeOf(owner: LockOwner | undefined, self: LockOwner): Promise<Life> {
  if (owner?.pidSpace === undefined || owner.pidSpace !== self.pidSpace) return 'unknown';
  if (!isPidInUse(owner.pid)) return 'dead';
  if (owner.startedAt === undefined || self.startedAt === undefined) return 'unknown';
  const startedAt = await startOf(owner.pid);
  if (startedAt === undefined) return 'unknown';
  return startedAt === owner.startedAt ? 'alive' : 'dead';
}

/** @returns undefined if the text is none that an owner wrote, or not all of it yet */
export function lockOwnerOf(text: string): LockOwner | undefined {
  try {
    const owner = JSON.parse(text) as LockOwner | null;
    return typeof owner?.id === 'string' && Number.isInteger(owner.pid) ? owner : undefined;
  } catch {
    return undefined;
  }
}

/**
 * In each container the first pid is 1, so on Linux the pid's namespace counts, and the boot: the
 * number of a namespace is given out again only when none of its processes is left.
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

/** False where /proc shows the pids of another namespace, or is not there at all. */
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
  // The name stands in brackets before the other fields, and may hold blanks and brackets itself.
  const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ');
  // A process that has ended stays in the list until its parent asks for it.
  return fields?.[0] === 'Z' || fields?.[0] === 'X' ? 'ended' : fields?.[19];
}
