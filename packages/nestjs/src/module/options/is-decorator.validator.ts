import { registerDecorator, type ValidationOptions } from 'class-validator';

/** What a decorator such as `SetMetadata('isPublic', true)` returns. */
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
