import type { DynamicModule, FactoryProvider, ValueProvider } from '@nestjs/common';

import type { GreenNotificationsModuleOptions } from './green-notifications-module.options.js';

type Given = GreenNotificationsModuleOptions | undefined;

/** The options as the application gave them, inside a function, so that nothing can print them. */
export type HiddenOptions = () => Given;

/**
 * Hides the options of a registration. Nest keeps them for as long as the application lives, and
 * most objects of Nest refer to each other. So whoever prints one of them would print the tokens.
 *
 * @param token provides the options
 */
export function withHiddenOptions(definition: DynamicModule, token: symbol): DynamicModule {
  const { providers = [] } = definition;
  return {
    ...definition,
    providers: providers.map((provider) =>
      'provide' in provider && provider.provide === token
        ? hide(provider as ValueProvider<Given> | FactoryProvider<Given>)
        : provider,
    ),
  };
}

function hide(
  provider: ValueProvider<Given> | FactoryProvider<Given>,
): FactoryProvider<HiddenOptions> {
  if ('useValue' in provider) {
    const { provide, useValue } = provider;
    return { provide, useFactory: () => () => useValue };
  }
  const { useFactory, ...rest } = provider;
  return {
    ...rest,
    useFactory: async (...injected: unknown[]) => {
      const options = await useFactory(...injected);
      return () => options;
    },
  };
}
