import type { FactoryProvider, Provider } from '@nestjs/common';

import { DeadLetterOffice } from '../delivery/dead-letter/dead-letter.office.js';
import { DeadLetters } from '../delivery/dead-letter/dead-letters.js';
import { Deduplicator } from '../delivery/deduplication/deduplicator.js';
import { DeliveryDispatcher } from '../delivery/delivery.dispatcher.js';
import { DeliveryLog } from '../delivery/delivery.log.js';
import { HandlerRunner } from '../delivery/handler.runner.js';
import { HandlerSource } from '../delivery/handler.source.js';
import { NotificationIntake } from '../delivery/notification.intake.js';
import { NotificationStream } from '../delivery/notification.stream.js';
import { DeadLetterListeners } from '../handler/dead-letter.listeners.js';
import { ENHANCER_KINDS } from '../handler/enhancers/enhancer-kind.js';
import { GlobalEnhancers } from '../handler/enhancers/global.enhancers.js';
import { HandlerContextCreator } from '../handler/handler-context.creator.js';
import { HandlerExplorer } from '../handler/handler.explorer.js';
import { HandlerInvoker } from '../handler/handler.invoker.js';
import { HandlerRegistry } from '../handler/handler.registry.js';
import { InstanceRegistry } from '../instance/instance.registry.js';
import { GreenNotificationsLifecycle } from './green-notifications.lifecycle.js';
import { MODULE_OPTIONS_TOKEN } from './green-notifications.module-definition.js';
import { GreenNotifications } from './green-notifications.service.js';
import { instanceRegistryOf } from './instance-registry.factory.js';
import { deadLetterStoreOf } from './options/dead-letter.options.js';
import { deduplicationStoreOf } from './options/deduplication.options.js';
import { GreenNotificationsOptions } from './options/green-notifications.options.js';
import { RegistrationCheck } from './registration.check.js';
import { resolveOptions } from './resolve-options.js';
import { SETTINGS_PROVIDER } from './settings.provider.js';
import { TRANSPORT_PROVIDER } from './transport.provider.js';
import { WEBHOOK_PROVIDERS } from './webhook.providers.js';

const options: FactoryProvider<GreenNotificationsOptions> = {
  provide: GreenNotificationsOptions,
  useFactory: resolveOptions,
  inject: [MODULE_OPTIONS_TOKEN],
};

const instanceRegistry: FactoryProvider<InstanceRegistry> = {
  provide: InstanceRegistry,
  useFactory: (given: GreenNotificationsOptions) => instanceRegistryOf(given),
  inject: [GreenNotificationsOptions],
};

const globalEnhancers: FactoryProvider<GlobalEnhancers> = {
  provide: GlobalEnhancers,
  useFactory: ({ globalEnhancers: enabled }: GreenNotificationsOptions) =>
    new GlobalEnhancers(
      new Set(typeof enabled === 'boolean' ? ENHANCER_KINDS.filter(() => enabled) : enabled),
    ),
  inject: [GreenNotificationsOptions],
};

const deduplicator: FactoryProvider<Deduplicator> = {
  provide: Deduplicator,
  useFactory: ({ deduplication }: GreenNotificationsOptions) =>
    new Deduplicator(deduplication ? deduplicationStoreOf(deduplication) : undefined),
  inject: [GreenNotificationsOptions],
};

const dispatcher: FactoryProvider<DeliveryDispatcher> = {
  provide: DeliveryDispatcher,
  useFactory: (
    stream: NotificationStream,
    handlers: HandlerSource,
    duplicates: Deduplicator,
    letters: DeadLetterOffice,
    log: DeliveryLog,
    { retry, unhandled, handlerTimeoutMs }: GreenNotificationsOptions,
  ) =>
    new DeliveryDispatcher(
      stream,
      handlers,
      new HandlerRunner(handlerTimeoutMs),
      duplicates,
      letters,
      { retry, unhandled },
      log,
    ),
  inject: [
    NotificationStream,
    HandlerSource,
    Deduplicator,
    DeadLetterOffice,
    DeliveryLog,
    GreenNotificationsOptions,
  ],
};

const deadLetterOffice: FactoryProvider<DeadLetterOffice> = {
  provide: DeadLetterOffice,
  useFactory: (log: DeliveryLog, given: GreenNotificationsOptions) =>
    new DeadLetterOffice(given.deadLetters && deadLetterStoreOf(given.deadLetters), log),
  inject: [DeliveryLog, GreenNotificationsOptions],
};

const deadLetters: FactoryProvider<DeadLetters> = {
  provide: DeadLetters,
  useFactory: (office: DeadLetterOffice, stream: NotificationStream, instances: InstanceRegistry) =>
    new DeadLetters(office, stream, instances),
  inject: [DeadLetterOffice, NotificationStream, InstanceRegistry],
};

const intake: FactoryProvider<NotificationIntake> = {
  provide: NotificationIntake,
  useFactory: (
    stream: NotificationStream,
    letters: DeadLetterOffice,
    duplicates: Deduplicator,
    log: DeliveryLog,
  ) => new NotificationIntake(stream, letters, duplicates, log),
  inject: [NotificationStream, DeadLetterOffice, Deduplicator, DeliveryLog],
};

export const PROVIDERS: Provider[] = [
  options,
  RegistrationCheck,
  instanceRegistry,
  NotificationStream,
  globalEnhancers,
  HandlerContextCreator,
  HandlerExplorer,
  HandlerInvoker,
  HandlerRegistry,
  { provide: HandlerSource, useExisting: HandlerRegistry },
  DeliveryLog,
  deduplicator,
  deadLetterOffice,
  deadLetters,
  DeadLetterListeners,
  dispatcher,
  intake,
  ...WEBHOOK_PROVIDERS,
  TRANSPORT_PROVIDER,
  SETTINGS_PROVIDER,
  GreenNotifications,
  GreenNotificationsLifecycle,
];
