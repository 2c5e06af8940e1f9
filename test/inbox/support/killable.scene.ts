import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { type Emulator, startEmulator } from '@green-notifications/emulator';
import type { PgBossInboxOptions } from '@green-notifications/inbox';

import { judge } from '../../faults/support/delivery.oracle.js';
import { KillableApp } from '../../faults/support/killable.app.js';
import { Marker } from '../../faults/support/mark.js';
import { lettersInDatabase } from './letters.js';
import { eventually } from '../../road/support/eventually.js';
import { CANARY_TOKEN } from '../../support/canary.js';

const ID = 1101000001;
/** Other things may use the machine. */
const PATIENCE_MS = 150_000;

/** One polled instance, and processes that share an inbox. */
export class KillableScene implements AsyncDisposable {
  private readonly marker = new Marker();
  private readonly apps: KillableApp[] = [];
  private constructor(
    readonly emulator: Emulator,
    private readonly folder: string,
    private readonly inbox: PgBossInboxOptions,
  ) {}

  /** @param inbox gets the folder of the scene */
  static async start(inbox: (folder: string) => PgBossInboxOptions): Promise<KillableScene> {
    const folder = await mkdtemp(join(tmpdir(), 'killable-inbox-'));
    const emulator = await startEmulator({
      instances: [{ idInstance: ID, apiTokenInstance: CANARY_TOKEN }],
    });
    return new KillableScene(emulator, folder, inbox(folder));
  }

  get instance() {
    return this.emulator.instance(ID);
  }

  /** The chat is also the lane in which the oracle wants the order kept. */
  say(chat: string, ...texts: string[]): void {
    const { build } = this.instance;
    for (const text of texts) {
      const body = build.incomingText(text, { chatId: chat });
      this.instance.publish(this.marker.mark(body, { lane: chat }));
    }
  }

  /** A process that works, and receives unless its role says otherwise. */
  async run(
    inbox: Partial<PgBossInboxOptions> = {},
    { clockAheadMs = 0 }: { readonly clockAheadMs?: number } = {},
  ): Promise<KillableApp> {
    const app = new KillableApp({
      apiUrl: this.emulator.url,
      port: 0,
      instances: [{ idInstance: ID, apiTokenInstance: CANARY_TOKEN, transport: 'polling' }],
      webhookToken: `webhook-${CANARY_TOKEN}`,
      runsFile: join(this.folder, 'runs.jsonl'),
      lettersFile: '',
      shutdownTimeoutMs: 700,
      inbox: { ...this.inbox, ...inbox },
      clockAheadMs,
    });
    this.apps.push(app);
    await app.ready();
    return app;
  }

  get runs() {
    return this.apps[0]?.runs ?? [];
  }

  /** This process runs handlers. */
  async untilWorks({ pid }: KillableApp): Promise<void> {
    await this.until('it runs handlers', () => this.runs.some(({ process }) => process === pid));
  }

  /** What was printed by all processes. */
  get outputs(): string {
    return this.apps.map(({ output }) => output).join('');
  }

  async until(what: string, condition: () => unknown): Promise<void> {
    await eventually(() => `${what}; printed so far:\n${this.outputs}`, condition, PATIENCE_MS);
  }

  async untilHandled(count: number): Promise<void> {
    const handled = () =>
      new Set(this.runs.filter(({ succeeded }) => succeeded).map(({ identity }) => identity)).size;
    await eventually(
      () => `${count} are handled, not ${handled()}; printed so far:\n${this.outputs}`,
      () => handled() >= count,
      PATIENCE_MS,
    );
  }

  async verdict() {
    return judge({
      issued: this.instance.ledger.entries,
      runs: this.runs,
      letters: await this.letters(),
    });
  }

  async letters() {
    const { connectionString, schema } = this.inbox;
    return connectionString === undefined ? [] : lettersInDatabase(connectionString, schema!);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const app of this.apps) await app[Symbol.asyncDispose]();
    await this.emulator.close();
    await rm(this.folder, { recursive: true, force: true });
  }
}
