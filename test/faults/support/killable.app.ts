import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';

import type { PgBossInboxOptions } from '@green-notifications/inbox';

import type { WitnessedRun } from './evidence.js';

export interface KillableOptions {
  readonly apiUrl: string;
  readonly port: number;
  readonly instances: readonly {
    readonly idInstance: number;
    readonly apiTokenInstance: string;
    readonly transport: 'polling' | 'webhook';
  }[];
  readonly webhookToken: string;
  readonly runsFile: string;
  readonly lettersFile: string;
  readonly shutdownTimeoutMs: number;
  /** Without it, GREEN-API keeps what is not handled. */
  readonly inbox?: PgBossInboxOptions;
  /** How far its wall clock is ahead of that of this machine. */
  readonly clockAheadMs?: number;
}

export interface KillableRun extends WitnessedRun {
  readonly text: string;
}

/** An application in a process of its own. */
export class KillableApp implements AsyncDisposable {
  private readonly child: ChildProcess;
  private readonly exited: Promise<unknown[]>;
  output = '';

  constructor(private readonly options: KillableOptions) {
    const { PATH = '' } = process.env;
    this.child = spawn(
      process.execPath,
      [
        '--conditions=@green-notifications/source',
        '--import',
        '@swc-node/register/esm-register',
        '--import',
        './test/faults/support/shifted.clock.ts',
        'test/faults/support/killable.main.ts',
      ],
      {
        cwd: new URL('../../..', import.meta.url),
        env: { PATH, NO_COLOR: '1', KILLABLE: JSON.stringify(options) },
      },
    );
    this.exited = once(this.child, 'close');
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    }
  }

  async ready(): Promise<void> {
    while (!this.output.includes('ready\n')) await once(this.child.stdout!, 'data');
  }

  /** Every run so far, of the processes before this one as well. */
  get runs(): readonly KillableRun[] {
    const { runsFile } = this.options;
    if (!existsSync(runsFile)) return [];
    // The last line may be half written.
    const lines = readFileSync(runsFile, 'utf8').split('\n').slice(0, -1);
    return lines.map((line) => JSON.parse(line) as KillableRun);
  }

  /** Stops the process where it is, or lets it go on. */
  signal(signal: 'SIGSTOP' | 'SIGCONT'): void {
    this.child.kill(signal);
  }

  get pid(): number {
    return this.child.pid!;
  }

  /** Resolves when the process has ended by itself. */
  get ended(): Promise<unknown> {
    return this.exited;
  }

  /** Sends a signal; resolves to the exit code, or to the signal that ended it. */
  async end(signal: NodeJS.Signals): Promise<unknown> {
    this.child.kill(signal);
    const [code, endedBy] = await this.exited;
    return code ?? endedBy;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }
}
