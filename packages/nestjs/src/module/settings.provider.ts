import type { FactoryProvider } from '@nestjs/common';

import type { TransportName } from '../delivery/delivery.js';
import { HandlerExplorer } from '../handler/handler.explorer.js';
import type { HandledNotifications } from '../settings/handled-notifications.js';
import { SettingsKeeper } from '../settings/settings.keeper.js';
import { SettingsWatch } from '../settings/settings.watch.js';
import { WebhookAuthenticator } from '../transport/webhook/webhook.authenticator.js';
import { InstancesByTransport } from './instances-by-transport.js';
import { InvalidOptionsError } from './invalid-options.error.js';
import { GreenNotificationsOptions } from './options/green-notifications.options.js';
import { webhookTokens } from './webhook.tokens.js';

export const SETTINGS_PROVIDER: FactoryProvider<SettingsWatch> = {
  provide: SettingsWatch,
  useFactory: (
    instances: InstancesByTransport,
    explorer: HandlerExplorer,
    options: GreenNotificationsOptions,
  ) => {
    requirePublicUrl(options, instances);
    return new SettingsWatch(options.settings, () =>
      keepersOf(options, instances, handledBy(explorer)),
    );
  },
  inject: [InstancesByTransport, HandlerExplorer, GreenNotificationsOptions],
};

function keepersOf(
  options: GreenNotificationsOptions,
  instances: InstancesByTransport,
  handled: readonly HandledNotifications[],
): SettingsKeeper[] {
  const tokens = webhookTokens(options);
  const authenticator = new WebhookAuthenticator(tokens);
  const keeperOf = (transport: TransportName) =>
    instances.of(transport).map(
      (instance) =>
        new SettingsKeeper(instance, {
          transport,
          publicUrl: options.webhook.publicUrl,
          token: [...(tokens.own.get(instance.idInstance) ?? tokens.common)][0],
          accepts: (token) =>
            authenticator.check(token === '' ? [] : [token])?.isFor(instance.idInstance) ?? false,
          handled: handled.filter(
            ({ instances: names }) => names === undefined || names.includes(instance.name),
          ),
        }),
    );
  return [...keeperOf('polling'), ...keeperOf('webhook')];
}

function handledBy(explorer: HandlerExplorer): HandledNotifications[] {
  return explorer.explore().flatMap(({ subscriptions }) =>
    subscriptions.map(({ kinds, filter: { typeMessage, instance } }) => ({
      kinds,
      typeMessages: [typeMessage ?? []].flat(),
      instances: instance === undefined ? undefined : [instance].flat(),
    })),
  );
}

/** @throws {InvalidOptionsError} */
function requirePublicUrl(
  { settings, webhook }: GreenNotificationsOptions,
  instances: InstancesByTransport,
): void {
  if (settings !== 'apply' || webhook.publicUrl !== undefined || !instances.uses('webhook')) return;
  throw new InvalidOptionsError([
    "webhook.publicUrl: settings: 'apply' needs it, to tell GREEN-API where to post",
  ]);
}
