import { type ChildProcess, fork } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import type { Answer, Commands } from './answer-parent.js';

/** The compiled programs: the children run what users run, not what a loader makes of the sources. */
const COMPILED = fileURLToPath(new URL('../../dist/', import.meta.url));
const KEPT_OUTPUT = 4000;

type Result<C extends Commands, K extends keyof C> = Awaited<ReturnType<C[K]>>;

/** A child process, and the questions that it has not answered yet. */
export class Child<C extends Commands> {
  private readonly open = new Map<
    number,
    { resolve: (value: never) => void; reject: (reason: Error) => void }
  >();
  private nextId = 1;
  private stderr = '';
  private hasEnded = false;

  constructor(
    private readonly name: string,
    private readonly child: ChildProcess,
  ) {
    child.stderr?.on('data', (chunk) => {
      this.stderr = (this.stderr + String(chunk)).slice(-KEPT_OUTPUT);
    });
    child.on('message', (message) => this.answered(message as Answer));
    child.on('exit', () => this.ended());
    child.on('error', () => this.ended());
  }

  /** Resolves when the child can be asked. */
  ready(): Promise<void> {
    return new Promise((resolve, reject) => this.open.set(0, { resolve, reject }));
  }

  ask<K extends keyof C & string>(
    command: K,
    ...parameters: Parameters<C[K]>
  ): Promise<Result<C, K>> {
    if (this.hasEnded) return Promise.reject(this.endError());
    const id = this.nextId;
    this.nextId += 1;
    this.child.send({ id, command, parameter: parameters[0] });
    return new Promise((resolve, reject) => this.open.set(id, { resolve, reject }));
  }

  end(): void {
    this.hasEnded = true;
    this.child.kill('SIGKILL');
  }

  private answered(answer: Answer): void {
    const id = 'ready' in answer ? 0 : answer.id;
    const question = this.open.get(id);
    this.open.delete(id);
    if ('error' in answer && answer.error !== undefined) {
      question?.reject(new Error(`${this.name}: ${answer.error}`));
    } else question?.resolve(('result' in answer ? answer.result : undefined) as never);
  }

  private ended(): void {
    this.hasEnded = true;
    for (const { reject } of this.open.values()) reject(this.endError());
    this.open.clear();
  }

  private endError(): Error {
    return new Error(`The process "${this.name}" has ended. ${this.stderr}`);
  }
}

/** All child processes, so that none outlives the bench. */
export class Children implements Disposable {
  private readonly children = new Set<Child<Commands>>();
  private readonly folders: string[] = [];

  /** Starts a program of `bench/src`, named by its path without the ending. */
  async start<C extends Commands>(program: string, ...words: string[]): Promise<Child<C>> {
    const folder = mkdtempSync(join(tmpdir(), 'bench-'));
    this.folders.push(folder);
    const name = [program, ...words].join(' ');
    const child = new Child<C>(
      name,
      fork(join(COMPILED, `${program}.js`), words, {
        // A folder of its own, because the library stores dead letters in the working directory.
        cwd: folder,
        execArgv: ['--expose-gc'],
        stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      }),
    );
    this.children.add(child);
    await child.ready();
    return child;
  }

  end(...ended: readonly { end(): void }[]): void {
    for (const child of ended) {
      child.end();
      this.children.delete(child as Child<Commands>);
    }
  }

  [Symbol.dispose](): void {
    this.end(...this.children);
    for (const folder of this.folders) rmSync(folder, { recursive: true, force: true });
  }
}
