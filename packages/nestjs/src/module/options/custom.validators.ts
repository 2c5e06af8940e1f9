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
