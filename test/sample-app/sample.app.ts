import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';

/** The command that `pnpm start` runs, started without pnpm so that signals reach it alone. */
const START = [
  '--conditions=@green-notifications/source',
  '--import',
  '@swc-node/register/esm-register',
  'sample-app/src/main.ts',
];

/** The sample app as a process of its own. */
export class SampleApp implements AsyncDisposable {
  private readonly child: ChildProcess;
  private readonly exited: Promise<unknown[]>;
  /** Everything it printed. */
  output = '';

  constructor(environment: Readonly<Record<string, string>>) {
    const { PATH = '' } = process.env;
    this.child = spawn(process.execPath, START, {
      cwd: new URL('../..', import.meta.url),
      env: { PATH, NO_COLOR: '1', DEAD_LETTERS: 'false', ...environment },
    });
    this.exited = once(this.child, 'close');
    for (const stream of [this.child.stdout, this.child.stderr]) {
      stream?.on('data', (chunk: Buffer) => (this.output += chunk.toString()));
    }
  }

  /** Resolves when it has printed `text`. */
  async printed(text: string): Promise<void> {
    while (!this.output.includes(text)) await once(this.child.stdout!, 'data');
  }

  /** Resolves when it takes connections, which is a little later than Nest says that it has started. */
  async listening(port: number): Promise<void> {
    for (let isListening = false; !isListening;) {
      const socket = connect(port, '127.0.0.1');
      isListening = await once(socket, 'connect').then(
        () => true,
        () => false,
      );
      socket.destroy();
    }
  }

  signal(signal: NodeJS.Signals): void {
    this.child.kill(signal);
  }

  /** Resolves to the exit code, or to the signal that ended it. */
  async exit(): Promise<unknown> {
    const [code, signal] = await this.exited;
    return code ?? signal;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.child.kill('SIGKILL');
    await this.exited;
  }
}
