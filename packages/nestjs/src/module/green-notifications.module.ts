import { type DynamicModule, Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';

import type { GreenNotificationsModuleOptions } from './green-notifications-module.options.js';
import {
  ConfigurableModuleClass,
  type GreenNotificationsModuleAsyncOptions,
  OPTIONS_FACTORY_METHOD,
  type RegistrationExtras,
} from './green-notifications.module-definition.js';
import { GreenNotifications } from './green-notifications.service.js';
import { withInjectedClients } from './inject-green-api.decorator.js';
import { InvalidOptionsError } from './module.errors.js';
import { PROVIDERS } from './providers.js';
import { requireOptions } from './resolve-options.js';

/**
 * Receives GREEN-API notifications and calls the methods decorated with `@OnNotification`. Import
 * it once, with `forRoot` or `forRootAsync`.
 */
@Module({
  imports: [DiscoveryModule],
  providers: PROVIDERS,
  exports: [GreenNotifications],
})
export class GreenNotificationsModule extends ConfigurableModuleClass {
  /**
   * Registers the module.
   *
   * @throws {InvalidOptionsError} if there are no options; at startup, if one of them is wrong
   */
  static override forRoot(
    options: GreenNotificationsModuleOptions & RegistrationExtras,
  ): DynamicModule {
    requireOptions(options);
    return withInjectedClients(super.forRoot(options));
  }

  /**
   * Registers the module with options from `useFactory`, or from a class that implements
   * `GreenNotificationsOptionsFactory`.
   *
   * @throws {InvalidOptionsError} if that class does not have the method; at startup, if an option
   * is wrong
   */
  static override forRootAsync(options: GreenNotificationsModuleAsyncOptions): DynamicModule {
    const factory: unknown = options.useClass ?? options.useExisting;
    if (typeof factory === 'function' && !hasFactoryMethod(factory)) {
      throw new InvalidOptionsError([
        `forRootAsync: ${factory.name} has no method ${OPTIONS_FACTORY_METHOD}(); implement ` +
          'GreenNotificationsOptionsFactory',
      ]);
    }
    return withInjectedClients(super.forRootAsync(options));
  }
}

function hasFactoryMethod({ prototype }: { readonly prototype?: unknown }): boolean {
  const method = (prototype as Readonly<Record<string, unknown>> | undefined)?.[
    OPTIONS_FACTORY_METHOD
  ];
  return typeof method === 'function';
}
