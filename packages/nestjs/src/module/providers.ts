import type { FactoryProvider, Provider } from '@nestjs/common';

import { DeadLetterWriter } from '../delivery/dead-letter/dead-letter.writer.js';
import { DeadLetters } from '../delivery/dead-letter/dead-letters.js';
import { Deduplicator } from '../delivery/deduplication/deduplicator.js';
import { DeliveryCounter } from '../delivery/delivery.counter.js';
import { DeliveryDispatcher } from '../delivery/delivery.dispatcher.js';
import { DeliveryLog } from '../delivery/delivery.log.js';
import { InMemoryProgressStore, ProgressStore } from '../delivery/delivery-progress.js';
import { DirectIntake } from '../delivery/direct.intake.js';
import { Inbox } from '../delivery/inbox/inbox.js';
import { InboxIntake } from '../delivery/inbox/inbox.intake.js';
import { HandlerRunner } from '../delivery/handler.runner.js';
import { IntakeInterceptor, RunInterceptor } from '../delivery/interceptors.js';
import { HandlerSource } from '../delivery/notification.handler.js';
import { NotificationIntake } from '../delivery/notification.intake.js';
import { NotificationReader } from '../delivery/notification.reader.js';
import { NotificationStream } from '../delivery/notification.stream.js';
import { DeadLetterListeners } from '../handler/dead-letter.listeners.js';
import { GlobalEnhancers } from '../handler/enhancers/global.enhancers.js';
import { ENHANCER_KINDS } from '../handler/enhancers/watched.enhancers.js';
import { HandlerContextCreator } from '../handler/invocation/handler-context.creator.js';
import { HandlerExplorer } from '../handler/handler.explorer.js';
import { HandlerInvoker } from '../handler/invocation/handler.invoker.js';
import { HandlerRegistry } from '../handler/handler.registry.js';
import { InstanceRegistry } from '../instance/instance.registry.js';
import { WebhookAuthenticator } from '../transport/webhook/gate/webhook.authenticator.js';
import { DeadLetterDestination } from './dead-letter-destination.js';
import { GreenNotificationsLifecycle } from './green-notifications.lifecycle.js';
import { MODULE_OPTIONS_TOKEN } from './green-notifications.module-definition.js';
import { GreenNotifications } from './green-notifications.service.js';
import { HandlerPreparation } from './handler-preparation.js';
import { InjectedClients } from './injected.clients.js';
import { instanceRegistryOf, InstanceSetup } from './instance-setup.js';
import { deduplicationStoreOf } from './options/deduplication.options.js';
import { GreenNotificationsOptions } from './options/green-notifications.options.js';
import { RegistrationCheck } from './registration.check.js';
import { resolveOptions } from './resolve-options.js';
import { SETTINGS_PROVIDER } from './settings.provider.js';
import { TRANSPORT_PROVIDER } from './transport.provider.js';
import type { HiddenOptions } from './with-hidden-options.js';
import { WEBHOOK_PROVIDERS } from './webhook.providers.js';

/*
 * The providers of the module. Only this folder knows all parts of the package, and this file
 * connects them.
 *
 * The classes of `delivery/`, `instance/`, `transport/` and `settings/` have no Nest decorators, so
 * they can be used and tested without Nest; a factory provider creates each of them. Classes that
 * need Nest, such as `HandlerExplorer`, are `@Injectable()` and listed as they are. An abstract
 * class, such as `HandlerSource` or `NotificationIntake`, is a port: other folders depend on the
 * port, and this file chooses the class behind it.
 */

const options: FactoryProvider<GreenNotificationsOptions> = {
  provide: GreenNotificationsOptions,
  // Missing if the module is imported without forRoot(); resolveOptions then throws a clear error.
  useFactory: (given?: HiddenOptions) => resolveOptions(given?.()),
  inject: [{ token: MODULE_OPTIONS_TOKEN, optional: true }],
};

const instanceRegistry: FactoryProvider<InstanceRegistry> = {
  provide: InstanceRegistry,
  useFactory: (given: GreenNotificationsOptions) => instanceRegistryOf(given),
  inject: [GreenNotificationsOptions],
};

const injectedClients: FactoryProvider<InjectedClients> = {
  provide: InjectedClients,
  useFactory: (registry: InstanceRegistry) => new InjectedClients(registry),
  inject: [InstanceRegistry],
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

const counter: FactoryProvider<DeliveryCounter> = {
  provide: DeliveryCounter,
  useFactory: (stream: NotificationStream) => new DeliveryCounter(stream),
  inject: [NotificationStream],
};

const instanceSetup: FactoryProvider<InstanceSetup> = {
  provide: InstanceSetup,
  useFactory: (
    given: GreenNotificationsOptions,
    registry: InstanceRegistry,
    authenticator: WebhookAuthenticator,
  ) => new InstanceSetup(given, registry, authenticator),
  inject: [GreenNotificationsOptions, InstanceRegistry, WebhookAuthenticator],
};

const dispatcher: FactoryProvider<DeliveryDispatcher> = {
  provide: DeliveryDispatcher,
  useFactory: (
    stream: NotificationStream,
    handlers: HandlerSource,
    duplicates: Deduplicator,
    progressOfHandlers: ProgressStore,
    deadLetters: DeadLetterWriter,
    interceptor: RunInterceptor,
    log: DeliveryLog,
    { retry, unhandled, handlerTimeoutMs }: GreenNotificationsOptions,
  ) =>
    new DeliveryDispatcher(stream, handlers, duplicates, progressOfHandlers, unhandled, {
      retry,
      runner: new HandlerRunner(handlerTimeoutMs, interceptor),
      deadLetters,
      log,
    }),
  inject: [
    NotificationStream,
    HandlerSource,
    Deduplicator,
    ProgressStore,
    DeadLetterWriter,
    RunInterceptor,
    DeliveryLog,
    GreenNotificationsOptions,
  ],
};

const deadLetterWriter: FactoryProvider<DeadLetterWriter> = {
  provide: DeadLetterWriter,
  useFactory: (log: DeliveryLog) => new DeadLetterWriter(log),
  inject: [DeliveryLog],
};

/** Undefined without the option. */
const inboxOfOptions: FactoryProvider<Inbox | undefined> = {
  provide: Inbox,
  useFactory: ({ inbox }: GreenNotificationsOptions) => inbox,
  inject: [GreenNotificationsOptions],
};

const progress: FactoryProvider<ProgressStore> = {
  provide: ProgressStore,
  useFactory: (inbox: Inbox | undefined) => inbox?.progress ?? new InMemoryProgressStore(),
  inject: [Inbox],
};

const deadLetterDestination: FactoryProvider<DeadLetterDestination> = {
  provide: DeadLetterDestination,
  useFactory: (
    { deadLetters: given }: GreenNotificationsOptions,
    writer: DeadLetterWriter,
    inbox: Inbox | undefined,
  ) => new DeadLetterDestination(given, writer, inbox),
  inject: [GreenNotificationsOptions, DeadLetterWriter, Inbox],
};

const deadLetters: FactoryProvider<DeadLetters> = {
  provide: DeadLetters,
  useFactory: (
    writer: DeadLetterWriter,
    stream: NotificationStream,
    deliveries: DeliveryDispatcher,
    handlers: HandlerSource,
    instances: InstanceRegistry,
    log: DeliveryLog,
  ) => new DeadLetters(writer, stream, deliveries, handlers, instances, log),
  inject: [
    DeadLetterWriter,
    NotificationStream,
    DeliveryDispatcher,
    HandlerSource,
    InstanceRegistry,
    DeliveryLog,
  ],
};

const reader: FactoryProvider<NotificationReader> = {
  provide: NotificationReader,
  useFactory: (letters: DeadLetterWriter, counts: DeliveryCounter, log: DeliveryLog) =>
    new NotificationReader(letters, counts, log),
  inject: [DeadLetterWriter, DeliveryCounter, DeliveryLog],
};

const intake: FactoryProvider<NotificationIntake> = {
  provide: NotificationIntake,
  useFactory: (
    stream: NotificationStream,
    notifications: NotificationReader,
    duplicates: Deduplicator,
    deliveries: DeliveryDispatcher,
    interceptor: IntakeInterceptor,
    counts: DeliveryCounter,
    log: DeliveryLog,
    inbox: Inbox | undefined,
  ) =>
    inbox
      ? new InboxIntake(inbox, notifications, interceptor, counts, log)
      : new DirectIntake(stream, notifications, duplicates, deliveries, interceptor, counts, log),
  inject: [
    NotificationStream,
    NotificationReader,
    Deduplicator,
    DeliveryDispatcher,
    IntakeInterceptor,
    DeliveryCounter,
    DeliveryLog,
    Inbox,
  ],
};

export const PROVIDERS: Provider[] = [
  options,
  RegistrationCheck,
  instanceRegistry,
  injectedClients,
  NotificationStream,
  globalEnhancers,
  HandlerContextCreator,
  HandlerExplorer,
  HandlerInvoker,
  HandlerRegistry,
  { provide: HandlerSource, useExisting: HandlerRegistry },
  DeliveryLog,
  RunInterceptor,
  IntakeInterceptor,
  deduplicator,
  inboxOfOptions,
  progress,
  counter,
  deadLetterWriter,
  deadLetterDestination,
  deadLetters,
  DeadLetterListeners,
  dispatcher,
  reader,
  intake,
  ...WEBHOOK_PROVIDERS,
  instanceSetup,
  TRANSPORT_PROVIDER,
  SETTINGS_PROVIDER,
  HandlerPreparation,
  GreenNotifications,
  GreenNotificationsLifecycle,
];
