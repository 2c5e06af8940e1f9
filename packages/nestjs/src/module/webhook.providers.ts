import type { FactoryProvider, Provider } from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost } from '@nestjs/core';

import { SteadyLogger } from '../common/steady.logger.js';
import { NotificationIntake } from '../delivery/notification.intake.js';
import { InstanceRegistry } from '../instance/instance.registry.js';
import { AddressList } from '../transport/webhook/address.list.js';
import { ApplicationWatch } from '../transport/webhook/application.watch.js';
import { RefusalLog } from '../transport/webhook/refusal.log.js';
import { WebhookAuthenticator } from '../transport/webhook/webhook.authenticator.js';
import { WebhookDoor } from '../transport/webhook/webhook.door.js';
import { WebhookEndpoint } from '../transport/webhook/webhook.endpoint.js';
import { WebhookGate } from '../transport/webhook/webhook.gate.js';
import { INSECURE } from '../transport/webhook/webhook.messages.js';
import { WebhookRoute } from '../transport/webhook/webhook.route.js';
import { WebhookTransport } from '../transport/webhook/webhook.transport.js';
import { InstancesByTransport } from './instances-by-transport.js';
import { GreenNotificationsOptions } from './options/green-notifications.options.js';
import { requireTokens, webhookTokens } from './webhook.tokens.js';
import { WebhookControllerRef } from './with-webhook-controller.js';

const instancesByTransport: FactoryProvider<InstancesByTransport> = {
  provide: InstancesByTransport,
  useFactory: (registry: InstanceRegistry, options: GreenNotificationsOptions) =>
    new InstancesByTransport(registry, options),
  inject: [InstanceRegistry, GreenNotificationsOptions],
};

const door: FactoryProvider<WebhookDoor> = {
  provide: WebhookDoor,
  useFactory: (
    host: HttpAdapterHost,
    config: ApplicationConfig,
    applicationWatch: ApplicationWatch,
  ) => new WebhookDoor(host, config, applicationWatch),
  inject: [HttpAdapterHost, ApplicationConfig, ApplicationWatch],
};

const refusalLog: Provider = { provide: RefusalLog, useFactory: () => new RefusalLog() };

const watch: FactoryProvider<ApplicationWatch> = {
  provide: ApplicationWatch,
  useFactory: (log: RefusalLog) => new ApplicationWatch(log),
  inject: [RefusalLog],
};

const transport: FactoryProvider<WebhookTransport> = {
  provide: WebhookTransport,
  useFactory: (
    intake: NotificationIntake,
    refusals: RefusalLog,
    webhookDoor: WebhookDoor,
    instances: InstancesByTransport,
    { webhook: { path, answerTimeoutMs } }: GreenNotificationsOptions,
  ) =>
    new WebhookTransport(intake, refusals, {
      path,
      answerTimeoutMs,
      instances: () => instances.of('webhook'),
      isMounted: () => webhookDoor.isMounted,
    }),
  inject: [
    NotificationIntake,
    RefusalLog,
    WebhookDoor,
    InstancesByTransport,
    GreenNotificationsOptions,
  ],
};

const gate: FactoryProvider<WebhookGate> = {
  provide: WebhookGate,
  useFactory: (
    webhookTransport: WebhookTransport,
    refusals: RefusalLog,
    instances: InstancesByTransport,
    options: GreenNotificationsOptions,
  ) => {
    const { allowedAddresses, trustedProxies, bodyLimitBytes, bodyTimeoutMs } = options.webhook;
    return new WebhookGate(
      {
        authenticator: new WebhookAuthenticator(webhookTokens(options)),
        allowedAddresses:
          allowedAddresses.length > 0 ? new AddressList(allowedAddresses) : undefined,
        trustedProxies: new AddressList(trustedProxies),
        body: { limitBytes: bodyLimitBytes, timeoutMs: bodyTimeoutMs },
        isReceiving: () => webhookTransport.isReceiving,
        instances: () => instances.of('webhook'),
      },
      refusals,
    );
  },
  inject: [WebhookTransport, RefusalLog, InstancesByTransport, GreenNotificationsOptions],
};

/** The controller depends on this, so the route is there before Nest looks for it. */
const endpoint: FactoryProvider<WebhookEndpoint> = {
  provide: WebhookEndpoint,
  useFactory: (
    webhookGate: WebhookGate,
    webhookTransport: WebhookTransport,
    webhookDoor: WebhookDoor,
    host: HttpAdapterHost,
    instances: InstancesByTransport,
    options: GreenNotificationsOptions,
    { controller }: WebhookControllerRef,
    applicationWatch: ApplicationWatch,
  ) => {
    if (instances.uses('webhook')) {
      requireTokens(webhookTokens(options), instances);
      if (options.webhook.insecure) new SteadyLogger('GreenNotifications').warn(INSECURE);
      const route = new WebhookRoute(controller, options.webhook.path);
      route.map(options.webhook.decorators);
      webhookDoor.mount(webhookGate, route);
    }
    return new WebhookEndpoint(webhookGate, webhookTransport, host, applicationWatch);
  },
  inject: [
    WebhookGate,
    WebhookTransport,
    WebhookDoor,
    HttpAdapterHost,
    InstancesByTransport,
    GreenNotificationsOptions,
    WebhookControllerRef,
    ApplicationWatch,
  ],
};

export const WEBHOOK_PROVIDERS: Provider[] = [
  instancesByTransport,
  door,
  refusalLog,
  watch,
  transport,
  gate,
  endpoint,
];
