import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';

import type {
  GreenNotificationsModuleOptions,
  InstanceModuleOptions,
} from './green-notifications-module.options.js';
import { InvalidOptionsError } from './invalid-options.error.js';
import { GreenNotificationsOptions } from './options/green-notifications.options.js';
import { InstanceOptions } from './options/instance.options.js';

/**
 * Fills in the defaults and checks everything at once.
 *
 * @throws {InvalidOptionsError} which names every wrong option, and prints no value
 */
export function resolveOptions(given: GreenNotificationsModuleOptions): GreenNotificationsOptions {
  return resolve(GreenNotificationsOptions, given);
}

/**
 * The same for a single instance.
 *
 * @throws {InvalidOptionsError}
 */
export function resolveInstance(given: InstanceModuleOptions): InstanceOptions {
  return resolve(InstanceOptions, given);
}

function resolve<T extends object>(OptionsClass: new () => T, given: object): T {
  if (typeof given !== 'object' || given === null) {
    throw new InvalidOptionsError(['there are none']);
  }
  const options = plainToInstance(OptionsClass, given, { exposeDefaultValues: true });
  const errors = validateSync(options, {
    whitelist: true,
    forbidNonWhitelisted: true,
    validationError: { target: false, value: false },
  });
  if (errors.length > 0) throw new InvalidOptionsError(errors.flatMap((e) => problemsOf(e)));
  return options;
}

function problemsOf(error: ValidationError, parent = ''): string[] {
  const path = /^\d+$/.test(error.property)
    ? `${parent}[${error.property}]`
    : [parent, error.property].filter(Boolean).join('.');
  const own = Object.entries(error.constraints ?? {}).map(([constraint, message]) =>
    constraint === 'whitelistValidation'
      ? `${path}: there is no such option`
      : `${path}: ${message}`,
  );
  return [...own, ...(error.children ?? []).flatMap((child) => problemsOf(child, path))];
}
