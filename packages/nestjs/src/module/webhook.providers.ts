import type { FactoryProvider, Provider } from '@nestjs/common';
import { ApplicationConfig, HttpAdapterHost, ModulesContainer } from '@nestjs/core';

import { SafeLogger } from '../common/safe.logger.js';
import { NotificationIntake } from '../delivery/notification.intake.js';
import { InstanceRegistry } from '../instance/instance.registry.js';
import { AddressList } from '../common/address-list.js';
import { ApplicationWatch } from '../transport/webhook/application-watch.js';
import { RefusalLog } from '../transport/webhook/gate/refusal.log.js';
import { WebhookAuthenticator } from '../transport/webhook/gate/webhook.authenticator.js';
import { WebhookMount } from '../transport/webhook/mount/webhook.mount.js';
import { WebhookEndpoint } from '../transport/webhook/webhook.endpoint.js';
import { WebhookGate } from '../transport/webhook/gate/webhook.gate.js';
import { INSECURE, TOKEN_FAILED } from '../transport/webhook/webhook.messages.js';
import { WebhookRoute } from '../transport/webhook/mount/webhook.route.js';
import { WebhookTransport } from '../transport/webhook/webhook.transport.js';
import { hasWebhookRoute, requireTokens } from './instance-setup.js';
import { GreenNotificationsOptions } from './options/green-notifications.options.js';
import { listOf, type WebhookOptions } from './options/webhook.options.js';
import { WebhookControllerRef } from './with-webhook-controller.js';

const authenticator: FactoryProvider<WebhookAuthenticator> = {
  provide: WebhookAuthenticator,
  useFactory: ({ webhook, instances }: GreenNotificationsOptions) => {
    const common = commonTokens(webhook.token);
    const tokens = new WebhookAuthenticator({ common, insecure: webhook.insecure });
    for (const { idInstance, webhookToken } of instances) {
      tokens.setTokens(String(idInstance), listOf(webhookToken));
    }
    return tokens;
  },
  inject: [GreenNotificationsOptions],
};

const mount: FactoryProvider<WebhookMount> = {
  provide: WebhookMount,
  useFactory: (
    host: HttpAdapterHost,
    config: ApplicationConfig,
    modules: ModulesContainer,
    applicationWatch: ApplicationWatch,
  ) => new WebhookMount(host, config, modules, applicationWatch),
  inject: [HttpAdapterHost, ApplicationConfig, ModulesContainer, ApplicationWatch],
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
    applicationWatch: ApplicationWatch,
    webhookMount: WebhookMount,
    registry: InstanceRegistry,
    options: GreenNotificationsOptions,
  ) =>
    new WebhookTransport(intake, refusals, applicationWatch, {
      path: options.webhook.path,
      answerTimeoutMs: options.webhook.answerTimeoutMs,
      instances: () => registry.receivingBy('webhook'),
      isDefault: options.transport === 'webhook',
      isMounted: () => webhookMount.isMounted,
    }),
  inject: [
    NotificationIntake,
    RefusalLog,
    ApplicationWatch,
    WebhookMount,
    InstanceRegistry,
    GreenNotificationsOptions,
  ],
};

const gate: FactoryProvider<WebhookGate> = {
  provide: WebhookGate,
  useFactory: (
    webhookTransport: WebhookTransport,
    refusals: RefusalLog,
    registry: InstanceRegistry,
    tokens: WebhookAuthenticator,
    options: GreenNotificationsOptions,
  ) => {
    const { allowedAddresses, trustedProxies, bodyLimitBytes, bodyTimeoutMs, maxAgeMs } =
      options.webhook;
    return new WebhookGate(
      {
        authenticator: tokens,
        allowedAddresses:
          allowedAddresses.length > 0 ? new AddressList(allowedAddresses) : undefined,
        trustedProxies: new AddressList(trustedProxies),
        body: { limitBytes: bodyLimitBytes, timeoutMs: bodyTimeoutMs },
        maxAgeMs,
        isReceiving: () => webhookTransport.isReceiving,
        instances: () => registry.receivingBy('webhook'),
        find: (idInstance) => {
          const instance = registry.find(idInstance);
          return instance?.transport === 'webhook' ? instance : undefined;
        },
      },
      refusals,
    );
  },
  inject: [
    WebhookTransport,
    RefusalLog,
    InstanceRegistry,
    WebhookAuthenticator,
    GreenNotificationsOptions,
  ],
};

/** The controller depends on this provider, so the route exists before Nest maps routes. */
const endpoint: FactoryProvider<WebhookEndpoint> = {
  provide: WebhookEndpoint,
  useFactory: (
    webhookGate: WebhookGate,
    webhookTransport: WebhookTransport,
    webhookMount: WebhookMount,
    host: HttpAdapterHost,
    registry: InstanceRegistry,
    tokens: WebhookAuthenticator,
    options: GreenNotificationsOptions,
    { controller }: WebhookControllerRef,
  ) => {
    if (hasWebhookRoute(options)) {
      requireTokens(registry.receivingBy('webhook'), tokens);
      if (options.webhook.insecure) new SafeLogger('GreenNotifications').warn(INSECURE);
      const route = new WebhookRoute(controller, options.webhook.path);
      route.map(options.webhook.decorators);
      webhookMount.mount(webhookGate, route);
    }
    return new WebhookEndpoint(webhookGate, webhookTransport, host);
  },
  inject: [
    WebhookGate,
    WebhookTransport,
    WebhookMount,
    HttpAdapterHost,
    InstanceRegistry,
    WebhookAuthenticator,
    GreenNotificationsOptions,
    // Missing if the module is imported without forRoot(); the options then throw first.
    { token: WebhookControllerRef, optional: true },
  ],
};

/** If the application's function throws, no token is valid, and the log says so once. */
function commonTokens(token: WebhookOptions['token']): () => readonly string[] {
  if (typeof token !== 'function') {
    const list = listOf(token);
    return () => list;
  }
  const logger = new SafeLogger('GreenNotifications');
  let hasFailed = false;
  return () => {
    try {
      const list = listOf(token);
      hasFailed = false;
      return list;
    } catch (error) {
      if (!hasFailed) logger.error(TOKEN_FAILED(error));
      hasFailed = true;
      return [];
    }
  };
}

export const WEBHOOK_PROVIDERS: Provider[] = [
  authenticator,
  mount,
  refusalLog,
  watch,
  transport,
  gate,
  endpoint,
];
