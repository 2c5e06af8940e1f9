import {
  type Notification,
  NotificationContext,
  OnNotification,
} from '@green-notifications/nestjs';
import { Injectable, type Type } from '@nestjs/common';

/** One run of a handler, as the handler wrote it down. */
export interface Run {
  readonly handler: string;
  readonly kind: string;
  readonly text: string;
  readonly attempt: number;
  readonly idInstance: string;
  readonly body: unknown;
  readonly signal: AbortSignal;
  /** Monotonic, in milliseconds. */
  readonly atMs: number;
}

/** What a handler does when it runs; it succeeds unless this throws. */
export type Behaviour = (run: Run) => unknown;

/** The runs of all handlers, oldest first. */
export class Journal {
  readonly runs: Run[] = [];

  async handle(
    handler: string,
    notification: Notification,
    { attempt, instance, signal }: NotificationContext,
    behave: Behaviour,
  ): Promise<void> {
    const run: Run = {
      handler,
      kind: notification.typeWebhook,
      text: textIn(notification),
      attempt,
      idInstance: instance.idInstance,
      body: notification,
      signal,
      atMs: performance.now(),
    };
    this.runs.push(run);
    await behave(run);
  }

  get texts(): string[] {
    return this.runs.map(({ text }) => text);
  }

  of(handlerOrText: string): Run[] {
    return this.runs.filter(({ handler, text }) => [handler, text].includes(handlerOrText));
  }

  /** The attempts that the handlers were told, for one handler or one text. */
  attempts(handlerOrText: string): number[] {
    return this.of(handlerOrText).map(({ attempt }) => attempt);
  }
}

/** A provider whose only handler, `Inbox.onAny`, takes everything. */
export function inbox(journal: Journal, behave: Behaviour = () => undefined): Type<unknown> {
  @Injectable()
  class Inbox {
    @OnNotification('*')
    async onAny(notification: Notification, context: NotificationContext): Promise<void> {
      await journal.handle('onAny', notification, context, behave);
    }
  }
  return Inbox;
}

/** A provider whose handlers, `Pair.first` and `Pair.second`, both take everything. */
export function pair(journal: Journal, first: Behaviour, second: Behaviour): Type<unknown> {
  @Injectable()
  class Pair {
    @OnNotification('*')
    async first(notification: Notification, context: NotificationContext): Promise<void> {
      await journal.handle('first', notification, context, first);
    }

    @OnNotification('*')
    async second(notification: Notification, context: NotificationContext): Promise<void> {
      await journal.handle('second', notification, context, second);
    }
  }
  return Pair;
}

/** The text of a text message, read without any help of the product. */
export function textIn(body: unknown): string {
  const { messageData } = body as {
    messageData?: { textMessageData?: { textMessage?: string } };
  };
  return messageData?.textMessageData?.textMessage ?? '';
}
