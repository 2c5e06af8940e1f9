import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

import { textOf } from '../../notification/text-of.js';
import { NotificationExecutionContext } from '../notification-execution.context.js';

/** Gives a handler's parameter the text of the notification, or undefined; see `textOf`. */
export const Text: () => ParameterDecorator = createParamDecorator(
  (_data: unknown, context: ExecutionContext) =>
    textOf(NotificationExecutionContext.create(context).getNotification()),
);
