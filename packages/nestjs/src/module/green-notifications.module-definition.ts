import { type ConfigurableModuleAsyncOptions, ConfigurableModuleBuilder } from '@nestjs/common';

import type { GreenNotificationsModuleOptions } from './green-notifications-module.options.js';
import { withHiddenOptions } from './with-hidden-options.js';
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

const OPTIONS_TOKEN = Symbol.for('green-notifications:options');

export const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } =
  new ConfigurableModuleBuilder<GreenNotificationsModuleOptions>({
    optionsInjectionToken: OPTIONS_TOKEN,
    // Nest may compare registrations by what can be printed of them, and drop one that looks alike.
    alwaysTransient: true,
  })
    .setClassMethodName('forRoot')
    .setFactoryMethodName(OPTIONS_FACTORY_METHOD)
    .setExtras<RegistrationExtras>({ isGlobal: false }, (definition, { isGlobal = false }) =>
      withHiddenOptions(withWebhookController({ ...definition, global: isGlobal }), OPTIONS_TOKEN),
    )
    .build();
