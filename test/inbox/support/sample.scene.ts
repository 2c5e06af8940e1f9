import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Emulator, startEmulator } from '@green-notifications/emulator';

import { eventually } from '../../road/support/eventually.js';
import { textIn } from '../../road/support/recording-inbox.js';
import { SampleApp } from '../../sample-app/sample.app.js';
import { CANARY_TOKEN } from '../../support/canary.js';
import {
  type IssuedText,
  judgeSample,
  type SampleRun,
  type SampleVerdict,
} from './sample.oracle.js';

const ID = 1101000001;
const PATIENCE_MS = 90_000;

/** One process of the sample app, and the file of its audit log. */
interface Sample {
  readonly app: SampleApp;
  readonly auditLog: string;
}

/** One polled instance, and processes of the sample app that share an inbox. */
export class SampleScene implements AsyncDisposable {
  private readonly samples: Sample[] = [];
  /** Runs that a SIGKILL cut short, by the id of the message. */
  private readonly cutShort: string[] = [];
  private sleeps = 0;

  private constructor(
    private readonly emulator: Emulator,
    private readonly folder: string,
    private readonly inbox: string,
  ) {}

  /** @param inbox the value of GREEN_API_INBOX; it gets the folder of the scene */
  static async start(inbox: (folder: string) => string): Promise<SampleScene> {
    const folder = await mkdtemp(join(tmpdir(), 'sample-inbox-'));
    const emulator = await startEmulator({
      instances: [{ idInstance: ID, apiTokenInstance: CANARY_TOKEN }],
    });
    return new SampleScene(emulator, folder, inbox(folder));
  }

  get instance() {
    return this.emulator.instance(ID);
  }

  say(chat: string, ...texts: readonly string[]): void {
    const { build } = this.instance;
    for (const text of texts) this.instance.publish(build.incomingText(text, { chatId: chat }));
  }

  /** A spell with a duration that no other has, because the app prints nothing else of it. */
  nextSleep(atLeastMs: number): string {
    this.sleeps += 1;
    return `sleep ${atLeastMs + this.sleeps}`;
  }

  /** A process that has started. */
  async run(environment: Readonly<Record<string, string>> = {}): Promise<SampleApp> {
    const auditLog = join(this.folder, `audit-${this.samples.length}.jsonl`);
    const app = new SampleApp({
      GREEN_API_URL: this.emulator.url,
      GREEN_API_INSTANCE: String(ID),
      GREEN_API_TOKEN: CANARY_TOKEN,
      GREEN_API_INBOX: this.inbox,
      SAMPLE_SPELLS: '*',
      AUDIT_LOG: auditLog,
      ...environment,
    });
    this.samples.push({ app, auditLog });
    await this.until('it starts', () => app.output.includes('successfully started'));
    return app;
  }

  /** Kills the process that has begun this sleep, and notes what was running there. */
  async killWhoever(text: string): Promise<SampleApp> {
    const begun = (sample: Sample) => this.idsSlept(sample).includes(this.idOf(text));
    await this.until(`"${text}" is begun`, () => this.samples.some(begun));
    const victim = this.samples.findLast(begun)!;
    victim.app.signal('SIGKILL');
    await victim.app.exit();
    for (const [chat, at] of latestOfEachChat(this.begunBy(victim))) {
      // What is behind it in its chat has begun, so it had ended.
      const others = this.samples.flatMap((sample) => this.begunBy(sample));
      if (latestOfEachChat(others).get(chat)!.place > at.place) continue;
      this.cutShort.push(at.id);
    }
    return victim.app;
  }

  /** How many times a process has begun this sleep. */
  timesBegun(text: string): number {
    const id = this.idOf(text);
    return this.samples.flatMap((sample) => this.idsSlept(sample)).filter((it) => it === id).length;
  }

  /** GREEN-API has got the answer to "echo ...". */
  async untilEchoed(text: string): Promise<void> {
    await this.until(`the answer to "${text}"`, () =>
      this.instance.sentMessages.some(({ quotedMessageId }) => quotedMessageId === this.idOf(text)),
    );
  }

  async until(what: string, condition: () => unknown): Promise<void> {
    await eventually(() => `${what}; printed so far:\n${this.outputs}`, condition, PATIENCE_MS);
  }

  /** What was printed by all processes. */
  get outputs(): string {
    return this.samples.map(({ app }) => app.output).join('');
  }

  get verdict(): SampleVerdict {
    return judgeSample({
      issued: this.issued,
      runs: this.runs,
      cutShort: this.cutShort,
      secondAttempts: this.outputs.match(/onFail handled .* on attempt \d/g)?.length ?? 0,
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const { app } of this.samples) await app[Symbol.asyncDispose]();
    await this.emulator.close();
    await rm(this.folder, { recursive: true, force: true });
  }

  private get issued(): readonly IssuedText[] {
    return this.instance.ledger.entries.map(({ notification, state }, place) => {
      const { idMessage, senderData } = notification as unknown as {
        readonly idMessage: string;
        readonly senderData: { readonly chatId: string };
      };
      return { id: idMessage, chat: senderData.chatId, text: textIn(notification), place, state };
    });
  }

  private get runs(): readonly SampleRun[] {
    const audits = this.samples.flatMap(audited).toSorted((one, other) => one.atMs - other.atMs);
    return [
      ...audits.map((run) => ({ ...run, handler: 'audit' as const })),
      ...this.samples
        .flatMap((sample) => this.idsSlept(sample))
        .map((id) => ({ id, handler: 'sleep' as const })),
      ...this.instance.sentMessages.map(({ quotedMessageId, atMs }) => ({
        id: quotedMessageId!,
        handler: 'echo' as const,
        atMs,
      })),
    ];
  }

  private idOf(text: string): string {
    return this.issued.find((one) => one.text === text)!.id;
  }

  private begunBy(sample: Sample): readonly IssuedText[] {
    const begun = new Set([...audited(sample).map(({ id }) => id), ...this.idsSlept(sample)]);
    return this.issued.filter(({ id }) => begun.has(id));
  }

  private idsSlept({ app }: Sample): readonly string[] {
    const ids = new Map(this.issued.map(({ text, id }) => [text, id]));
    return [...app.output.matchAll(/Sleeping (\d+) ms\n/g)].map(([, duration]) =>
      ids.get(`sleep ${duration}`)!,
    );
  }
}

/** What the audit log of a process says. */
function audited({ auditLog }: Sample): { readonly id: string; readonly atMs: number }[] {
  if (!existsSync(auditLog)) return [];
  // A process that was killed may have left half a line.
  const lines = readFileSync(auditLog, 'utf8').split('\n').slice(0, -1);
  return lines.map((line) => {
    const { idMessage, handledAt } = JSON.parse(line) as { idMessage: string; handledAt: string };
    return { id: idMessage, atMs: Date.parse(handledAt) };
  });
}

function latestOfEachChat(issued: readonly IssuedText[]): Map<string, IssuedText> {
  const inOrder = issued.toSorted((one, other) => one.place - other.place);
  return new Map(inOrder.map((one) => [one.chat, one]));
}
