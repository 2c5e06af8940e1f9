import { ConfigurableModuleBuilder } from '@nestjs/common';

import type { GreenNotificationsModuleOptions } from './green-notifications-module.options.js';
import type { RegistrationExtras } from './registration.extras.js';
import { withWebhookController } from './with-webhook-controller.js';

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } =
  new ConfigurableModuleBuilder<GreenNotificationsModuleOptions>({
    optionsInjectionToken: Symbol.for('green-notifications:options'),
  })
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createGreenNotificationsOptions')
    .setExtras<RegistrationExtras>({ isGlobal: false }, (definition, { isGlobal = false }) =>
      withWebhookController({ ...definition, global: isGlobal }),
    )
    .build();
