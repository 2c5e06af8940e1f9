import { type DynamicModule, type FactoryProvider, Inject, Scope } from '@nestjs/common';
import { INQUIRER } from '@nestjs/core';

import type { GreenApiClient } from '../gateway/green-api.client.js';
import { InjectedClients } from './injected.clients.js';

/**
 * The names that decorators of this process have asked for. A decorator knows no application, and
 * Nest injects only what a module provides: so each registration provides all of them.
 */
const NAMES = new Set<string | undefined>();

const tokenOf = (name: string | undefined) =>
  `@InjectGreenApi(${name === undefined ? '' : `'${name}'`})`;

/**
 * Injects the `GreenApiClient` of an instance, outside of handlers. The instance is looked up at
 * each call, so it may be added, or replaced, at run time. The application does not start if the
 * instance does not exist and cannot be added later.
 *
 * ```ts
 * constructor(@InjectGreenApi('support') private readonly greenApi: GreenApiClient) {}
 * ```
 *
 * @param name the name of the instance; without one, the only instance
 * @throws {InstanceNotFoundError} at startup or at a call, if there is no such instance, or without
 * a name if there is not exactly one
 */
export function InjectGreenApi(name?: string): ParameterDecorator & PropertyDecorator {
  NAMES.add(name);
  return Inject(tokenOf(name));
}

/** Adds the clients that are asked for to a registration. */
export function withInjectedClients(definition: DynamicModule): DynamicModule {
  const { providers = [], exports = [] } = definition;
  return {
    ...definition,
    // Read when Nest builds the application: by then all files with decorators are loaded.
    get providers() {
      return [...providers, ...[...NAMES].map(providerOf)];
    },
    get exports() {
      return [...exports, ...[...NAMES].map(tokenOf)];
    },
  };
}

/** It is created only where it is injected, and knows the class that asks. */
function providerOf(name: string | undefined): FactoryProvider<GreenApiClient> {
  return {
    provide: tokenOf(name),
    scope: Scope.TRANSIENT,
    useFactory: (clients: InjectedClients, asking: object | undefined) =>
      clients.of(name, `${tokenOf(name)} in ${asking?.constructor.name ?? 'a provider'}`),
    inject: [InjectedClients, { token: INQUIRER, optional: true }],
  };
}
