import { GreenNotifications, GreenNotificationsModule } from '@green-notifications/nestjs';
import { type INestApplication, Module, type Type } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { CANARY_TOKEN } from '../support/canary.js';
import type { ChaosStore } from './chaos.stores.js';

/** What GREEN-API sends as `Authorization`; nothing may print it either. */
export const WEBHOOK_TOKEN = `webhook-${CANARY_TOKEN}`;
const PATH = 'green-api/webhook';

interface ChaosAppOptions {
  readonly instances: ReturnType<typeof chaosInstances>;
  readonly inbox: Type<unknown>;
  readonly lettersFile: string;
  readonly store: ChaosStore | undefined;
  readonly overlap: 'auto' | 'never';
  readonly log: (line: string) => void;
}

@Module({})
class ChaosModule {}

/** The application under test; it can be stopped and started again, with or without its memory. */
export class ChaosApp {
  private app!: INestApplication;
  private port = 0;

  constructor(private readonly options: ChaosAppOptions) {}

  get webhookUrl(): string {
    return `http://127.0.0.1:${this.port}/${PATH}`;
  }

  get greenNotifications(): GreenNotifications {
    return this.app.get(GreenNotifications);
  }

  /** As a new process would start: nothing is remembered but the dead letters. */
  async start(): Promise<void> {
    const { instances, inbox, lettersFile, store, overlap, log } = this.options;
    const logger = (...parts: unknown[]) => log(parts.map(String).join(' '));
    this.app = await NestFactory.create(
      {
        module: ChaosModule,
        providers: [inbox],
        imports: [
          GreenNotificationsModule.forRoot({
            instances,
            polling: { overlap },
            webhook: { token: WEBHOOK_TOKEN },
            ...(store ? { inbox: store.connect() } : { deadLetters: { file: lettersFile } }),
            handlerTimeoutMs: 150,
            shutdownTimeoutMs: 1000,
            retry: { attempts: 4, backoff: { initialMs: 5, maxMs: 50 } },
          }),
        ],
      },
      {
        abortOnError: false,
        forceCloseConnections: true,
        logger: { log: logger, warn: logger, error: logger, debug: logger, fatal: logger },
      },
    );
    await this.app.listen(this.port, '127.0.0.1');
    this.port = Number(new URL(await this.app.getUrl()).port);
  }

  /** Whether an inbox holds nothing any more. */
  get isEmpty(): boolean {
    const { inbox } = this.greenNotifications.status;
    return !inbox || (inbox.waiting === 0 && inbox.running === 0);
  }

  async stop(): Promise<void> {
    await this.app.close();
  }
}

export function chaosInstances(ids: readonly number[], apiUrl: string) {
  return ids.map((idInstance, index) => ({
    idInstance,
    apiUrl,
    apiTokenInstance: CANARY_TOKEN,
    transport: isPolled(index) ? ('polling' as const) : ('webhook' as const),
  }));
}

export function isPolled(index: number): boolean {
  return index % 2 === 0;
}
