import { type ConfigurableModuleAsyncOptions, ConfigurableModuleBuilder } from '@nestjs/common';

import type { GreenNotificationsModuleOptions } from './green-notifications-module.options.js';
import { withWebhookController } from './with-webhook-controller.js';

/** Options of the module definition itself. In `forRootAsync` they are next to `useFactory`. */
export interface RegistrationExtras {
  /**
   * Whether every module can inject `GreenNotifications` without importing this module.
   *
   * @default false
   */
  readonly isGlobal?: boolean;
}

/** The method that a class for `useClass` or `useExisting` must have. */
export const OPTIONS_FACTORY_METHOD = 'createGreenNotificationsOptions';

/** The interface of a class for `useClass` or `useExisting` of `forRootAsync`. */
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
