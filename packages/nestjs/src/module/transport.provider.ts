import type { FactoryProvider } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';

import { NotificationIntake } from '../delivery/notification.intake.js';
import { CompositeTransport } from '../transport/composite.transport.js';
import { PollingSchedule } from '../transport/polling/polling.schedule.js';
import { PollingTransport } from '../transport/polling/polling.transport.js';
import { Transport } from '../transport/transport.js';
import { WebhookTransport } from '../transport/webhook/webhook.transport.js';
import { InstancesByTransport } from './instances-by-transport.js';
import { GreenNotificationsOptions } from './options/green-notifications.options.js';

/** Polling, webhook, or both: what the instances ask for, and nothing else. */
export const TRANSPORT_PROVIDER: FactoryProvider<Transport> = {
  provide: Transport,
  useFactory: (
    instances: InstancesByTransport,
    intake: NotificationIntake,
    moduleRef: ModuleRef,
    webhook: WebhookTransport,
    { polling: { receiveTimeoutSeconds, cron } }: GreenNotificationsOptions,
  ) => {
    const polling = () =>
      new PollingTransport(
        { all: () => instances.of('polling') },
        intake,
        new PollingSchedule(moduleRef),
        { receiveTimeoutSeconds, cron },
      );
    return new CompositeTransport([
      ...(instances.uses('polling') ? [polling()] : []),
      ...(instances.uses('webhook') ? [webhook] : []),
    ]);
  },
  inject: [
    InstancesByTransport,
    NotificationIntake,
    ModuleRef,
    WebhookTransport,
    GreenNotificationsOptions,
  ],
};
