import { registerDecorator, type ValidationOptions } from 'class-validator';

import { AddressList } from '../../transport/webhook/gate/address-list.js';

/** Accepts an IP address, or a network such as `10.0.0.0/8`. */
export function IsAddressEntry(validationOptions: ValidationOptions = {}): PropertyDecorator {
  return (target, propertyName) =>
    registerDecorator({
      name: 'isAddressEntry',
      target: target.constructor,
      propertyName: String(propertyName),
      options: validationOptions,
      validator: {
        validate: (value: unknown) => typeof value === 'string' && AddressList.isEntry(value),
        defaultMessage: () =>
          '$property must hold IP addresses and networks only, such as 10.0.0.1 or 10.0.0.0/8',
      },
    });
}

/** Accepts a method decorator, such as the result of `SetMetadata('isPublic', true)`. */
export function IsDecorator(validationOptions: ValidationOptions = {}): PropertyDecorator {
  return (target, propertyName) =>
    registerDecorator({
      name: 'isDecorator',
      target: target.constructor,
      propertyName: String(propertyName),
      options: validationOptions,
      validator: {
        validate: (value: unknown) => typeof value === 'function',
        defaultMessage: () => '$property must hold method decorators, such as Public()',
      },
    });
}

/** Accepts a token, several, or a function that returns them. */
export function IsTokens(validationOptions: ValidationOptions = {}): PropertyDecorator {
  const isToken = (value: unknown) => typeof value === 'string' && value !== '';
  return (target, propertyName) =>
    registerDecorator({
      name: 'isTokens',
      target: target.constructor,
      propertyName: String(propertyName),
      options: validationOptions,
      validator: {
        validate: (value: unknown) =>
          typeof value === 'function' ||
          isToken(value) ||
          (Array.isArray(value) && value.every(isToken)),
        defaultMessage: () =>
          '$property must be a text that is not empty, several of them, or a function that returns them',
      },
    });
}

/** Accepts an http or https URL without user, password, query or fragment. */
export function IsApiUrl(validationOptions: ValidationOptions = {}): PropertyDecorator {
  return isUrl('isApiUrl', validationOptions, {
    accepts: ({ username, password, search, hash }) => !(username || password || search || hash),
    rule: '$property must be a URL such as https://api.green-api.com, without user, query and fragment',
  });
}

/** Accepts an https URL, or an http URL of this machine. */
export function IsPublicUrl(validationOptions: ValidationOptions = {}): PropertyDecorator {
  return isUrl('isPublicUrl', validationOptions, {
    accepts: ({ protocol, hostname }) => protocol === 'https:' || isLoopback(hostname),
    rule: '$property must be an https URL such as https://bots.example.com/green-api/webhook, because the token is sent to it',
  });
}

/** Whether a host of a URL is this machine. */
export function isLoopback(hostname: string): boolean {
  return /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/.test(hostname);
}

function isUrl(
  name: string,
  options: ValidationOptions,
  { accepts, rule }: { readonly accepts: (url: URL) => boolean; readonly rule: string },
): PropertyDecorator {
  return (target, propertyName) =>
    registerDecorator({
      name,
      target: target.constructor,
      propertyName: String(propertyName),
      options,
      validator: {
        validate: (value: unknown) => {
          if (typeof value !== 'string' || !URL.canParse(value)) return false;
          const url = new URL(value);
          return /^https?:$/.test(url.protocol) && accepts(url);
        },
        defaultMessage: () => rule,
      },
    });
}
