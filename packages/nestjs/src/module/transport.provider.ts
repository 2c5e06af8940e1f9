import type { FactoryProvider } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';

import { Inbox } from '../delivery/inbox/inbox.js';
import { NotificationIntake } from '../delivery/notification.intake.js';
import { InstanceRegistry } from '../instance/instance.registry.js';
import { CompositeTransport } from '../transport/composite.transport.js';
import { PollingSchedule } from '../transport/polling/polling-schedule.js';
import { PollingTransport } from '../transport/polling/polling.transport.js';
import {
  SharedPollingIntake,
  SharedPollingTransport,
} from '../transport/polling/shared-polling.transport.js';
import { Transport } from '../transport/transport.js';
import { WebhookTransport } from '../transport/webhook/webhook.transport.js';
import { GreenNotificationsOptions } from './options/green-notifications.options.js';

/** Provides both transports as one. Each instance uses the transport that its options name. */
export const TRANSPORT_PROVIDER: FactoryProvider<Transport> = {
  provide: Transport,
  useFactory: (
    registry: InstanceRegistry,
    intake: NotificationIntake,
    moduleRef: ModuleRef,
    webhook: WebhookTransport,
    { polling: options, deduplication }: GreenNotificationsOptions,
    inbox: Inbox | undefined,
  ) => {
    const share = inbox?.pollers;
    const schedule = new PollingSchedule(moduleRef);
    // A notification that GREEN-API gives again under another receipt is known by the deduplication.
    const overlap = deduplication === false ? 'never' : options.overlap;
    const from = share ? new SharedPollingIntake(intake, share) : intake;
    const own = new PollingTransport(registry, from, schedule, {
      receiveTimeoutSeconds: options.receiveTimeoutSeconds,
      answerLimitBytes: options.answerLimitBytes,
      cron: options.cron,
      overlap,
    });
    const polling = share ? new SharedPollingTransport(own, registry, share) : own;
    // The webhook starts first: if it refuses to start, polling must not have received anything
    // yet.
    return new CompositeTransport({ webhook, polling });
  },
  inject: [
    InstanceRegistry,
    NotificationIntake,
    ModuleRef,
    WebhookTransport,
    GreenNotificationsOptions,
    Inbox,
  ],
};
