import {
  Body,
  createParamDecorator,
  type ExecutionContext,
  type PipeTransform,
  type Type,
} from '@nestjs/common';

import { chatIdOf } from '../../notification/notification.accessors.js';
import { senderOf } from '../../notification/sender-of.js';
import { textOf } from '../../notification/text-of.js';
import { NotificationExecutionContext } from '../notification-execution.context.js';

/** What may be given to a parameter's decorator to change or check its value. */
type Pipe = Type<PipeTransform> | PipeTransform;

/**
 * Gives a handler's parameter the notification, or the part of it at `path`
 * (`@Payload('senderData.chatName')`), after the given pipes.
 *
 * It is Nest's own `@Body()` underneath, so that pipes such as `ValidationPipe` see it as a body.
 */
export function Payload(...pipes: Pipe[]): ParameterDecorator;
export function Payload(path: string, ...pipes: Pipe[]): ParameterDecorator;
export function Payload(pathOrPipe?: string | Pipe, ...pipes: Pipe[]): ParameterDecorator {
  if (typeof pathOrPipe === 'string') return Body(pathOrPipe, ...pipes);
  return pathOrPipe === undefined ? Body() : Body(pathOrPipe, ...pipes);
}

/** Gives a handler's parameter the `NotificationContext`. */
export const Ctx = decoratorFor((context) => context.getContext());

/** Gives a handler's parameter the text of the notification, or undefined; see `textOf`. */
export const Text = decoratorFor((context) => textOf(context.getNotification()));

/** Gives a handler's parameter the chat of the notification, or undefined; see `chatIdOf`. */
export const ChatId = decoratorFor((context) => chatIdOf(context.getNotification()));

/** Gives a handler's parameter who sent the message, or undefined; see `senderOf`. */
export const Sender = decoratorFor((context) => senderOf(context.getNotification()));

function decoratorFor(
  read: (context: NotificationExecutionContext) => unknown,
): (...pipes: Pipe[]) => ParameterDecorator {
  return createParamDecorator((_data: unknown, context: ExecutionContext) =>
    read(NotificationExecutionContext.create(context)),
  );
}
