import type { FactoryProvider, Provider } from '@nestjs/common';
import { ModuleRef } from '@nestjs/core';

import { DeliveryDispatcher } from '../delivery/delivery.dispatcher.js';
import { DeliveryLog } from '../delivery/delivery.log.js';
import { HandlerSource } from '../delivery/handler.source.js';
import { NotificationStream } from '../delivery/notification.stream.js';
import { HandlerExplorer } from '../handler/handler.explorer.js';
import { HandlerInvoker } from '../handler/handler.invoker.js';
import { HandlerRegistry } from '../handler/handler.registry.js';
import { InstanceRegistry } from '../instance/instance.registry.js';
import { PollingSchedule } from '../transport/polling/polling.schedule.js';
import { PollingTransport } from '../transport/polling/polling.transport.js';
import { Transport } from '../transport/transport.js';
import { GreenNotificationsLifecycle } from './green-notifications.lifecycle.js';
import { MODULE_OPTIONS_TOKEN } from './green-notifications.module-definition.js';
import { GreenNotifications } from './green-notifications.service.js';
import { GreenNotificationsOptions } from './options/green-notifications.options.js';
import { resolveOptions } from './resolve-options.js';

const options: FactoryProvider<GreenNotificationsOptions> = {
  provide: GreenNotificationsOptions,
  useFactory: resolveOptions,
  inject: [MODULE_OPTIONS_TOKEN],
};

const instanceRegistry: FactoryProvider<InstanceRegistry> = {
  provide: InstanceRegistry,
  useFactory: ({ instances }: GreenNotificationsOptions) => {
    const registry = new InstanceRegistry();
    for (const { name, idInstance, apiTokenInstance, apiUrl } of instances) {
      registry.add({ name, idInstance: String(idInstance), apiTokenInstance, apiUrl });
    }
    return registry;
  },
  inject: [GreenNotificationsOptions],
};

const dispatcher: FactoryProvider<DeliveryDispatcher> = {
  provide: DeliveryDispatcher,
  useFactory: (
    stream: NotificationStream,
    handlers: HandlerSource,
    { retry, unhandled }: GreenNotificationsOptions,
  ) =>
    new DeliveryDispatcher(
      stream,
      handlers,
      { backoff: retry.backoff, unhandled },
      new DeliveryLog(),
    ),
  inject: [NotificationStream, HandlerSource, GreenNotificationsOptions],
};

const transport: FactoryProvider<Transport> = {
  provide: Transport,
  useFactory: (
    instances: InstanceRegistry,
    stream: NotificationStream,
    moduleRef: ModuleRef,
    { polling: { receiveTimeoutSeconds, cron } }: GreenNotificationsOptions,
  ) =>
    new PollingTransport(instances, stream, new PollingSchedule(moduleRef), {
      receiveTimeoutSeconds,
      cron,
    }),
  inject: [InstanceRegistry, NotificationStream, ModuleRef, GreenNotificationsOptions],
};

export const PROVIDERS: Provider[] = [
  options,
  instanceRegistry,
  NotificationStream,
  HandlerExplorer,
  HandlerInvoker,
  HandlerRegistry,
  { provide: HandlerSource, useExisting: HandlerRegistry },
  dispatcher,
  transport,
  GreenNotifications,
  GreenNotificationsLifecycle,
];
