import {
  GreenNotifications,
  GreenNotificationsModule,
  OnNotification,
} from '@green-notifications/nestjs';
import type { Instance, Outcome } from '@green-notifications/nestjs';
import {
  InstanceRegistry,
  NotificationIntake,
  RunInterceptor,
  type StartingRun,
  Transport,
} from '@green-notifications/nestjs/spi';
import { incomingText } from '@green-notifications/nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';
import { Test } from '@nestjs/testing';

const handled: unknown[] = [];

@Injectable()
class Inbox {
  @OnNotification('*')
  onAny(notification: unknown) {
    handled.push(notification);
  }
}

/** Receives what a test puts on a queue of its own. */
@Injectable()
class QueueTransport extends Transport {
  isStarted = false;

  constructor(
    private readonly registry: InstanceRegistry,
    private readonly intake: NotificationIntake,
  ) {
    super();
  }

  async start(): Promise<void> {
    this.isStarted = true;
  }

  async stop(): Promise<void> {
    this.isStarted = false;
  }

  receive(body: unknown): Promise<Outcome> {
    const [instance] = this.registry.all() as readonly [Instance];
    const receivedAt = new Date();
    return this.intake.accept({
      body,
      instance,
      transport: 'polling',
      receivedAt,
      redeliveryMs: 0,
    });
  }
}

class NotedRuns extends RunInterceptor {
  readonly handlers: string[] = [];

  override intercept({ handler, attempt }: StartingRun, next: () => Promise<unknown>) {
    this.handlers.push(`${handler.name}, attempt ${attempt}`);
    return next();
  }
}

describe('@green-notifications/nestjs/spi', () => {
  it('lets a transport and an interceptor of another package take part', async () => {
    const runs = new NotedRuns();
    const module = await Test.createTestingModule({
      imports: [
        GreenNotificationsModule.forRoot({
          instances: [{ idInstance: 1101000001, apiTokenInstance: 'token' }],
          deadLetters: false,
        }),
      ],
      providers: [Inbox],
    })
      .overrideProvider(Transport)
      .useClass(QueueTransport)
      .overrideProvider(RunInterceptor)
      .useValue(runs)
      .compile();
    await module.init();

    const transport = module.get<QueueTransport>(Transport, { strict: false });
    expect(transport.isStarted).toBe(true);
    const body = incomingText('hello');
    expect(await transport.receive(body)).toMatchObject({
      result: 'acknowledged',
      reason: 'handled',
    });
    expect(handled).toEqual([body]);
    expect(runs.handlers).toEqual(['Inbox.onAny, attempt 1']);
    expect(module.get(GreenNotifications).status).toMatchObject({ acknowledged: 1 });

    await module.close();
    expect(transport.isStarted).toBe(false);
  });
});
