import { registerDecorator, type ValidationOptions } from 'class-validator';

import { AddressList } from '../../common/address-list.js';

interface Rule {
  readonly name: string;
  readonly accepts: (value: unknown) => boolean;
  /** The message if the value is not accepted. */
  readonly message: string;
}

/** Accepts an IP address, or a network such as `10.0.0.0/8`. */
export function IsAddressEntry(options?: ValidationOptions): PropertyDecorator {
  return checkedBy(
    {
      name: 'isAddressEntry',
      accepts: (value) => typeof value === 'string' && AddressList.isEntry(value),
      message: '$property must hold IP addresses and networks only, such as 10.0.0.1 or 10.0.0.0/8',
    },
    options,
  );
}

/** Accepts a method decorator, such as the result of `SetMetadata('isPublic', true)`. */
export function IsDecorator(options?: ValidationOptions): PropertyDecorator {
  return checkedBy(
    {
      name: 'isDecorator',
      accepts: (value) => typeof value === 'function',
      message: '$property must hold method decorators, such as Public()',
    },
    options,
  );
}

/** Accepts a token, several, or a function that returns them. */
export function IsTokens(): PropertyDecorator {
  const isToken = (value: unknown) => typeof value === 'string' && value !== '';
  return checkedBy({
    name: 'isTokens',
    accepts: (value) =>
      typeof value === 'function' ||
      isToken(value) ||
      (Array.isArray(value) && value.every(isToken)),
    message:
      '$property must be a text that is not empty, several of them, or a function that returns them',
  });
}

/** Accepts an object with the methods of an inbox. */
export function IsInbox(): PropertyDecorator {
  return checkedBy({
    name: 'isInbox',
    accepts: (value) =>
      typeof value === 'object' && value !== null && 'store' in value && 'open' in value,
    message: '$property must be an inbox, such as pgBossInbox() of @green-notifications/inbox',
  });
}

/** Accepts an object with the method of an `InstanceSource`. */
export function IsInstanceSource(): PropertyDecorator {
  return checkedBy({
    name: 'isInstanceSource',
    accepts: (value) => {
      const { list, refreshMs = 1 } = Object(value) as Readonly<Record<string, unknown>>;
      return typeof list === 'function' && Number.isInteger(refreshMs) && Number(refreshMs) >= 1;
    },
    message:
      '$property must have a method list(), and refreshMs must be a whole number of at least 1, or ' +
      'missing',
  });
}

/** Accepts an http or https URL without user, password, query or fragment. */
export function IsApiUrl(): PropertyDecorator {
  return checkedBy({
    name: 'isApiUrl',
    accepts: isUrl(
      ({ username, password, search, hash }) => !(username || password || search || hash),
    ),
    message:
      '$property must be a URL such as https://api.green-api.com, without user, query and fragment',
  });
}

/** Accepts an https URL, or an http URL of this machine. */
export function IsPublicUrl(): PropertyDecorator {
  return checkedBy({
    name: 'isPublicUrl',
    accepts: isUrl(({ protocol, hostname }) => protocol === 'https:' || isLoopback(hostname)),
    message:
      '$property must be an https URL such as https://bots.example.com/green-api/webhook, because ' +
      'the token is sent to it',
  });
}

/** Whether a host of a URL is this machine. */
export function isLoopback(hostname: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}

function isUrl(accepts: (url: URL) => boolean): Rule['accepts'] {
  return (value) => {
    if (typeof value !== 'string' || !URL.canParse(value)) return false;
    const url = new URL(value);
    return /^https?:$/.test(url.protocol) && accepts(url);
  };
}

function checkedBy(
  { name, accepts, message }: Rule,
  options: ValidationOptions = {},
): PropertyDecorator {
  return (target, propertyName) =>
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: String(propertyName),
      options,
      validator: { validate: accepts, defaultMessage: () => message },
    });
}
