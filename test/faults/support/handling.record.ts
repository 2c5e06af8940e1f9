import type { Notification, NotificationContext } from '@green-notifications/nestjs';

import { ONLY_HANDLER, type WitnessedRun } from './evidence.js';
import { identityOf } from './mark.js';

/** One run of the recording handler. */
export interface RecordedRun extends WitnessedRun {
  readonly text: string | undefined;
  readonly attempt: number;
  readonly context: NotificationContext;
  succeeded: boolean;
}

/** What a handler does when it runs; it succeeds unless this throws. */
export type Behaviour = (run: RecordedRun) => unknown;

/** Every run of the application's handler, so that it can be compared with what was issued. */
export class HandlingRecord {
  readonly runs: RecordedRun[] = [];

  async handle(
    notification: Notification,
    context: NotificationContext,
    behave: Behaviour,
  ): Promise<void> {
    const run: RecordedRun = {
      identity: identityOf(notification),
      idInstance: context.instance.idInstance,
      handler: ONLY_HANDLER.name,
      process: process.pid,
      text: plainText(notification),
      attempt: context.attempt,
      context,
      succeeded: false,
    };
    this.runs.push(run);
    await behave(run);
    run.succeeded = true;
  }

  /** The texts of all runs, of one instance if it is given. */
  texts(idInstance?: number | string): (string | undefined)[] {
    return this.runs
      .filter((run) => idInstance === undefined || run.idInstance === String(idInstance))
      .map(({ text }) => text);
  }
}

/** The text of a plain text message. */
export function plainText(notification: unknown): string | undefined {
  const { messageData } = notification as {
    readonly messageData?: {
      readonly textMessageData?: { readonly textMessage?: string };
    };
  };
  return messageData?.textMessageData?.textMessage;
}
