import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

import { textOf } from '../../notification/text-of.js';
import { NotificationExecutionContext } from '../notification-execution.context.js';
import type { Pipe } from './pipe.type.js';

/** Gives a handler's parameter the text of the notification, or undefined; see `textOf`. */
export const Text: (...pipes: Pipe[]) => ParameterDecorator = createParamDecorator(
  (_data: unknown, context: ExecutionContext) =>
    textOf(NotificationExecutionContext.create(context).getNotification()),
);
