import type { FactoryProvider } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';

import { NotificationIntake } from '../delivery/notification.intake.js';
import { InstanceRegistry } from '../instance/instance.registry.js';
import { CompositeTransport } from '../transport/composite.transport.js';
import { PollingSchedule } from '../transport/polling/polling-schedule.js';
import { PollingTransport } from '../transport/polling/polling.transport.js';
import { Transport } from '../transport/transport.js';
import { WebhookTransport } from '../transport/webhook/webhook.transport.js';
import { GreenNotificationsOptions } from './options/green-notifications.options.js';

/** Both ways to receive: which one is used is up to each instance. */
export const TRANSPORT_PROVIDER: FactoryProvider<Transport> = {
  provide: Transport,
  useFactory: (
    registry: InstanceRegistry,
    intake: NotificationIntake,
    moduleRef: ModuleRef,
    webhook: WebhookTransport,
    { polling: { receiveTimeoutSeconds, cron } }: GreenNotificationsOptions,
  ) => {
    const schedule = new PollingSchedule(moduleRef);
    const options = { receiveTimeoutSeconds, cron };
    const polling = new PollingTransport(registry, intake, schedule, options);
    // The webhook first: it may refuse to start, and nothing should be received by then.
    return new CompositeTransport({ webhook, polling });
  },
  inject: [
    InstanceRegistry,
    NotificationIntake,
    ModuleRef,
    WebhookTransport,
    GreenNotificationsOptions,
  ],
};
