import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, readFile, rm, statfs, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

import { freePort } from '../../support/free.port.js';

const run = promisify(execFile);
const DEBIAN = '/usr/lib/postgresql';
/** Smaller than a usual disk, so that it can be filled. */
const DISK = 'size=200m';

/** Where the programs of PostgreSQL are; undefined if there are none. */
function programs(): string | undefined {
  const [version] = existsSync(DEBIAN) ? readdirSync(DEBIAN).toSorted().toReversed() : [];
  const folder = version === undefined ? '' : join(DEBIAN, version, 'bin');
  return existsSync(join(folder, 'initdb')) ? folder : undefined;
}

/** Why no cluster can be started here; undefined if it can. */
export function noCluster(): string | undefined {
  if (!programs()) return 'initdb of PostgreSQL is not installed';
  if (userInfo().uid !== 0) return 'it mounts a small disk, for which it has to be root';
  return undefined;
}

/** A PostgreSQL server of the test's own, on a small disk of its own. */
export class PostgresCluster implements AsyncDisposable {
  private constructor(
    private readonly bin: string,
    private readonly disk: string,
    private readonly port: number,
    private readonly uid: number,
    private readonly gid: number,
  ) {}

  static async start(): Promise<PostgresCluster> {
    const disk = await mkdtemp(join(tmpdir(), 'green-postgres-'));
    await run('mount', ['-t', 'tmpfs', '-o', DISK, 'tmpfs', disk]);
    const [uid, gid] = (
      await Promise.all(['-u', '-g'].map((of) => run('id', [of, 'postgres'])))
    ).map(({ stdout }) => Number(stdout));
    await chown(disk, uid!, gid!);
    const cluster = new PostgresCluster(programs()!, disk, await freePort(), uid!, gid!);
    await cluster.call('initdb', '--auth=trust', '--no-sync', '--pgdata', cluster.data);
    await cluster.begin();
    return cluster;
  }

  get url(): string {
    return `postgres://postgres@127.0.0.1:${this.port}/postgres`;
  }

  /** Starts the server, if it does not run. */
  async begin(): Promise<void> {
    if (await this.isRunning()) return;
    const child = spawn(
      join(this.bin, 'postgres'),
      ['-D', this.data, '-p', `${this.port}`, '-k', this.disk, '-h', '127.0.0.1'],
      { uid: this.uid, gid: this.gid, stdio: 'ignore', cwd: this.disk },
    );
    child.unref();
    while (!(await this.isReady())) await new Promise((resolve) => setTimeout(resolve, 50));
  }

  /** Stops all processes of the server where they are, or lets them go on. */
  async signal(signal: 'SIGSTOP' | 'SIGCONT'): Promise<void> {
    const postmaster = await this.pid();
    const { stdout } = await run('ps', ['-o', 'pid=', '--ppid', `${postmaster}`]);
    const children = stdout.split('\n').map(Number).filter(Boolean);
    for (const pid of [postmaster!, ...children]) process.kill(pid, signal);
  }

  /** Ends the server as a crash of its machine would, and starts it again. */
  async restart(): Promise<void> {
    await this.call('pg_ctl', 'stop', '-m', 'immediate', '-D', this.data);
    await this.begin();
  }

  /** Leaves no room on the disk, until it is called off. */
  async fill(): Promise<() => Promise<void>> {
    const { bavail, bsize } = await statfs(this.disk);
    const ballast = join(this.disk, 'ballast');
    await writeFile(ballast, Buffer.alloc(bavail * bsize)).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'ENOSPC') throw error;
    });
    return async () => {
      await rm(ballast);
      // A server that could not write its log has ended.
      await this.begin();
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (await this.isRunning()) {
      await this.signal('SIGCONT');
      await this.call('pg_ctl', 'stop', '-m', 'immediate', '-D', this.data);
    }
    await run('umount', [this.disk]);
    await rm(this.disk, { recursive: true });
  }

  private get data(): string {
    return join(this.disk, 'data');
  }

  private async pid(): Promise<number | undefined> {
    const text = await readFile(join(this.data, 'postmaster.pid'), 'utf8').catch(() => '');
    return Number.parseInt(text, 10) || undefined;
  }

  private async isRunning(): Promise<boolean> {
    const pid = await this.pid();
    return pid !== undefined && existsSync(`/proc/${pid}`);
  }

  private async isReady(): Promise<boolean> {
    const child = spawn(join(this.bin, 'pg_isready'), ['-h', '127.0.0.1', '-p', `${this.port}`], {
      stdio: 'ignore',
    });
    const [code] = (await once(child, 'exit')) as [number];
    return code === 0;
  }

  private async call(program: string, ...parameters: string[]): Promise<void> {
    const { uid, gid, disk } = this;
    await run(join(this.bin, program), parameters, { uid, gid, cwd: disk });
  }
}
