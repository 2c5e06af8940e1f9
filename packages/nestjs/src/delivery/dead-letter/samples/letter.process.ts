import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';

import type { LetterFileTuning } from '../letter-file.js';

export interface LetterProcessOptions {
  readonly tuning?: Partial<LetterFileTuning>;
  readonly nodeOptions?: readonly string[];
  /** A command that starts the process, such as `['sh', '-c', 'ulimit -f 1; exec "$@"', 'sh']`. */
  readonly runner?: readonly string[];
}

/** A separate process that uses a dead letter file. */
export class LetterProcess implements AsyncDisposable {
  readonly child: ChildProcess;
  private readonly answers: AsyncIterator<string>;
  private readonly ended: Promise<unknown[]>;
  private errors = '';

  constructor(path: string, options: LetterProcessOptions = {}) {
    const { tuning = {}, nodeOptions = [], runner = [] } = options;
    const args = [
      ...nodeOptions,
      '--conditions=@green-notifications/source',
      '--import',
      '@swc-node/register/esm-register',
      'packages/nestjs/src/delivery/dead-letter/samples/letter.main.ts',
    ];
    const { PATH = '' } = process.env;
    const [command, ...rest] = [...runner, process.execPath, ...args] as [string, ...string[]];
    this.child = spawn(command, rest, {
      cwd: new URL('../../../../../..', import.meta.url),
      env: { PATH, NO_COLOR: '1', LETTERS_FILE: path, TUNING: JSON.stringify(tuning) },
    });
    this.ended = once(this.child, 'close');
    this.child.stderr!.on('data', (chunk: Buffer) => (this.errors += chunk.toString()));
    this.answers = createInterface({ input: this.child.stdout! })[Symbol.asyncIterator]();
  }

  async ask(command: string): Promise<string> {
    this.tell(command);
    const answer = await this.nextLine();
    if (answer === undefined) throw new Error(`The process ended: ${this.errors.slice(-2000)}`);
    return answer;
  }

  tell(command: string): void {
    this.child.stdin!.write(`${command}\n`);
  }

  async nextLine(): Promise<string | undefined> {
    const { done, value } = await this.answers.next();
    return done === true ? undefined : value;
  }

  async end(signal: NodeJS.Signals): Promise<void> {
    this.child.kill(signal);
    await this.ended;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.end('SIGKILL');
  }
}
