import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

import { senderOf } from '../../notification/sender-of.js';
import { NotificationExecutionContext } from '../notification-execution.context.js';

/** Gives a handler's parameter who sent the message, or undefined; see `senderOf`. */
export const Sender: () => ParameterDecorator = createParamDecorator(
  (_data: unknown, context: ExecutionContext) =>
    senderOf(NotificationExecutionContext.create(context).getNotification()),
);
