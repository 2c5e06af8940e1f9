import { ConfigurableModuleBuilder } from '@nestjs/common';

import type { GreenNotificationsModuleOptions } from './green-notifications-module.options.js';

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } =
  new ConfigurableModuleBuilder<GreenNotificationsModuleOptions>({
    optionsInjectionToken: Symbol.for('green-notifications:options'),
  })
    .setClassMethodName('forRoot')
    .setFactoryMethodName('createGreenNotificationsOptions')
    .build();
