import { Injectable } from '@nestjs/common';
import type { Observable } from 'rxjs';

import { DeadLetters } from '../delivery/dead-letter/dead-letters.js';
import { DeliveryDispatcher } from '../delivery/delivery.dispatcher.js';
import type { Delivery } from '../delivery/delivery.js';
import { NotificationStream } from '../delivery/notification.stream.js';
import type { DeliveryOutcome } from '../delivery/outcome.js';
import type { Instance } from '../instance/instance.js';
import { InstanceRegistry } from '../instance/instance.registry.js';
import { Transport } from '../transport/transport.js';
import { GreenNotificationsOptions } from './options/green-notifications.options.js';

/** Starts and stops the receiving of notifications, and lets the application watch it. */
@Injectable()
export class GreenNotifications {
  /** Every delivery, as it arrives. Watching neither settles nor delays it. */
  readonly notifications$: Observable<Delivery>;
  /** What became of every delivery, once for each attempt. */
  readonly outcomes$: Observable<DeliveryOutcome>;

  constructor(
    private readonly options: GreenNotificationsOptions,
    private readonly registry: InstanceRegistry,
    private readonly dispatcher: DeliveryDispatcher,
    private readonly transport: Transport,
    /** What handlers gave up on, if `deadLetters` is configured. */
    readonly deadLetters: DeadLetters,
    stream: NotificationStream,
  ) {
    this.notifications$ = stream.deliveries$;
    this.outcomes$ = stream.outcomes$;
  }

  get instances(): readonly Instance[] {
    return this.registry.all();
  }

  /** Begins to receive. The module does so by itself when the application has started. */
  async start(): Promise<void> {
    this.dispatcher.start();
    await this.transport.start();
  }

  /**
   * Receives no more and lets running handlers finish, for `shutdownTimeoutMs` at the longest. The
   * module does so by itself when the application closes.
   */
  async stop(): Promise<void> {
    await this.transport.stop(this.options.shutdownTimeoutMs);
    this.dispatcher.stop();
  }
}
