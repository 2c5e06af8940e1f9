import type { FactoryProvider } from '@nestjs/common';

import { HandlerExplorer } from '../handler/handler.explorer.js';
import { InstanceRegistry } from '../instance/instance.registry.js';
import type { HandledNotifications } from '../settings/wanted-settings.js';
import { SettingsKeeper } from '../settings/settings.keeper.js';
import { SettingsWatch } from '../settings/settings.watch.js';
import { WebhookAuthenticator } from '../transport/webhook/gate/webhook.authenticator.js';
import { requirePublicUrl } from './instance-setup.js';
import { GreenNotificationsOptions } from './options/green-notifications.options.js';

export const SETTINGS_PROVIDER: FactoryProvider<SettingsWatch> = {
  provide: SettingsWatch,
  useFactory: (
    registry: InstanceRegistry,
    authenticator: WebhookAuthenticator,
    explorer: HandlerExplorer,
    options: GreenNotificationsOptions,
  ) => {
    const usesWebhook =
      options.transport === 'webhook' || registry.receivingBy('webhook').length > 0;
    if (usesWebhook) requirePublicUrl(options);
    let handled: HandledNotifications[] | undefined;
    return new SettingsWatch(
      options.settings,
      () => registry.all(),
      (instance) =>
        new SettingsKeeper(instance, {
          transport: instance.transport,
          publicUrl: options.webhook.publicUrl,
          token: authenticator.tokensOf(instance.idInstance)[0],
          accepts: (token) =>
            authenticator.check(token === '' ? [] : [token])?.isFor(instance.idInstance) ?? false,
          handled: (handled ??= handledBy(explorer)).filter(
            ({ instances: names }) => names === undefined || names.includes(instance.name),
          ),
        }),
    );
  },
  inject: [InstanceRegistry, WebhookAuthenticator, HandlerExplorer, GreenNotificationsOptions],
};

function handledBy(explorer: HandlerExplorer): HandledNotifications[] {
  return explorer.explore().flatMap(({ subscriptions }) =>
    subscriptions.map(({ kinds, filter: { typeMessage, instance } }) => ({
      kinds,
      typeMessages: [typeMessage ?? []].flat(),
      instances: instance === undefined ? undefined : [instance].flat(),
    })),
  );
}
