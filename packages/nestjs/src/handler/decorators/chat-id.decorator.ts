import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

import { chatIdOf } from '../../notification/chat-id-of.js';
import { NotificationExecutionContext } from '../notification-execution.context.js';

/** Gives a handler's parameter the chat of the notification, or undefined; see `chatIdOf`. */
export const ChatId: () => ParameterDecorator = createParamDecorator(
  (_data: unknown, context: ExecutionContext) =>
    chatIdOf(NotificationExecutionContext.create(context).getNotification()),
);
