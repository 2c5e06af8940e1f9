import { registerDecorator } from 'class-validator';
import { validateCronExpression } from 'cron';

/** A cron expression that the scheduler understands. */
export function IsCron(): PropertyDecorator {
  return (target, propertyName) =>
    registerDecorator({
      name: 'isCron',
      target: target.constructor,
      propertyName: String(propertyName),
      validator: {
        validate: (value: unknown) =>
          typeof value === 'string' && validateCronExpression(value).valid,
        defaultMessage: () => '$property must be a cron expression, such as "*/5 * * * *"',
      },
    });
}
