import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

import { senderOf } from '../../notification/sender-of.js';
import { NotificationExecutionContext } from '../notification-execution.context.js';
import type { Pipe } from './pipe.type.js';

/** Gives a handler's parameter who sent the message, or undefined; see `senderOf`. */
export const Sender: (...pipes: Pipe[]) => ParameterDecorator = createParamDecorator(
  (_data: unknown, context: ExecutionContext) =>
    senderOf(NotificationExecutionContext.create(context).getNotification()),
);
