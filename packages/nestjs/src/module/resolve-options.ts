import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';

import type { GreenNotificationsModuleOptions } from './green-notifications-module.options.js';
import { InvalidOptionsError } from './invalid-options.error.js';
import { GreenNotificationsOptions } from './options/green-notifications.options.js';

/**
 * Fills in the defaults and checks everything at once.
 *
 * @throws {InvalidOptionsError} which names every wrong option, and prints no value
 */
export function resolveOptions(given: GreenNotificationsModuleOptions): GreenNotificationsOptions {
  if (typeof given !== 'object' || given === null) {
    throw new InvalidOptionsError(['there are none; give at least "instances"']);
  }
  const options = plainToInstance(GreenNotificationsOptions, given, { exposeDefaultValues: true });
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
