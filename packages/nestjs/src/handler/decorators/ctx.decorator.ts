import { createParamDecorator, type ExecutionContext } from '@nestjs/common';

import { NotificationExecutionContext } from '../notification-execution.context.js';
import type { Pipe } from './pipe.type.js';

/** Gives a handler's parameter the `NotificationContext`. */
export const Ctx: (...pipes: Pipe[]) => ParameterDecorator = createParamDecorator(
  (_data: unknown, context: ExecutionContext) =>
    NotificationExecutionContext.create(context).getContext(),
);
