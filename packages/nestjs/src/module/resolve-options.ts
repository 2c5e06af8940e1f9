import { plainToInstance } from 'class-transformer';
import { type ValidationError, validateSync } from 'class-validator';

import type { GreenNotificationsModuleOptions } from './green-notifications-module.options.js';
import type { InstanceModuleOptions } from './instance-module.options.js';
import { InvalidOptionsError } from './module.errors.js';
import { GreenNotificationsOptions } from './options/green-notifications.options.js';
import { InstanceOptions } from './options/instance.options.js';
import { wrapStores } from './options/stores.js';

/**
 * Fills in the defaults and checks all options.
 *
 * @throws {InvalidOptionsError} which names every wrong option, but contains no value
 */
export async function resolveOptions(
  given: GreenNotificationsModuleOptions | undefined,
): Promise<GreenNotificationsOptions> {
  requireOptions(given);
  const { options, problems } = read(GreenNotificationsOptions, given);
  refuse([...problems, ...(await cronProblems(options.polling?.cron))]);
  return options;
}

/**
 * Fills in the defaults and checks the options of one instance.
 *
 * @throws {InvalidOptionsError}
 */
export function resolveInstance(given: InstanceModuleOptions): InstanceOptions {
  const { options, problems } = read(InstanceOptions, given);
  refuse(problems);
  return options;
}

/** @throws {InvalidOptionsError} */
export function requireOptions<T>(given: T | undefined | null): asserts given is T {
  if (given !== undefined && given !== null) return;
  throw new InvalidOptionsError([
    'no options were given: import GreenNotificationsModule once with forRoot({ instances: [...] }) or ' +
      'forRootAsync(...). To inject GreenNotifications in other modules, set isGlobal: true there, ' +
      'or export GreenNotificationsModule from the module that registers it',
  ]);
}

function refuse(problems: readonly string[]): void {
  if (problems.length > 0) throw new InvalidOptionsError(problems);
}

/**
 * Validates the expression with the package `cron` itself, which is imported only if it is needed.
 */
async function cronProblems(cron: unknown): Promise<string[]> {
  if (typeof cron !== 'string') return [];
  const { validateCronExpression } = await import('cron');
  return validateCronExpression(cron).valid
    ? []
    : ['polling.cron: cron must be a cron expression, such as "*/5 * * * *"'];
}

function read<T extends object>(
  OptionsClass: new () => T,
  given: object,
): { readonly options: T; readonly problems: readonly string[] } {
  if (typeof given !== 'object' || given === null) {
    throw new InvalidOptionsError(['the options must be an object']);
  }
  const options = plainToInstance(OptionsClass, wrapStores(given), { exposeDefaultValues: true });
  const errors = validateSync(options, {
    whitelist: true,
    forbidNonWhitelisted: true,
    validationError: { target: false, value: false },
  });
  return { options, problems: errors.flatMap((error) => problemsOf(error)) };
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
