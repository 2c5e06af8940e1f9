import { type ConfigurableModuleAsyncOptions, ConfigurableModuleBuilder } from '@nestjs/common';

import type { GreenNotificationsModuleOptions } from './green-notifications-module.options.js';
import { withWebhookController } from './with-webhook-controller.js';

/** What shapes the module itself, and therefore stands beside `useFactory` in `forRootAsync`. */
export interface RegistrationExtras {
  /**
   * Lets every module inject `GreenNotifications` without importing this one.
   *
   * @default false
   */
  readonly isGlobal?: boolean;
}

/** The method that the class given as `useClass` or `useExisting` must have. */
export const OPTIONS_FACTORY_METHOD = 'createGreenNotificationsOptions';

/** What a class given as `useClass` or `useExisting` to `forRootAsync` implements. */
export interface GreenNotificationsOptionsFactory {
  createGreenNotificationsOptions():
    GreenNotificationsModuleOptions | Promise<GreenNotificationsModuleOptions>;
}

/** What `GreenNotificationsModule.forRootAsync` takes: `useFactory`, `useClass` or `useExisting`. */
export type GreenNotificationsModuleAsyncOptions = ConfigurableModuleAsyncOptions<
  GreenNotificationsModuleOptions,
  'createGreenNotificationsOptions'
> &
  RegistrationExtras;

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } =
  new ConfigurableModuleBuilder<GreenNotificationsModuleOptions>({
    optionsInjectionToken: Symbol.for('green-notifications:options'),
  })
    .setClassMethodName('forRoot')
    .setFactoryMethodName(OPTIONS_FACTORY_METHOD)
    .setExtras<RegistrationExtras>({ isGlobal: false }, (definition, { isGlobal = false }) =>
      withWebhookController({ ...definition, global: isGlobal }),
    )
    .build();
