import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

import { chatIdOf } from '../../notification/chat-id-of.js';
import { NotificationExecutionContext } from '../notification-execution.context.js';
import type { Pipe } from './pipe.type.js';

/** Gives a handler's parameter the chat of the notification, or undefined; see `chatIdOf`. */
export const ChatId: (...pipes: Pipe[]) => ParameterDecorator = createParamDecorator(
  (_data: unknown, context: ExecutionContext) =>
    chatIdOf(NotificationExecutionContext.create(context).getNotification()),
);
