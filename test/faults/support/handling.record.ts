import {
  type Notification,
  type NotificationContext,
  notificationKey,
  textOf,
} from '@green-notifications/nestjs';

/** One run of the recording handler. */
export interface RecordedRun {
  readonly key: string;
  readonly idInstance: string;
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
      key: notificationKey(notification),
      idInstance: context.instance.idInstance,
      text: textOf(notification),
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
