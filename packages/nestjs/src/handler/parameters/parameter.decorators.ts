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
import { NotificationExecutionContext } from '../invocation/notification-execution.context.js';

/** A pipe that changes or checks the value of a parameter. */
type Pipe = Type<PipeTransform> | PipeTransform;

/**
 * Gives a handler's parameter the notification, or the part of it at `path`
 * (`@Payload('senderData.chatName')`), after the given pipes.
 *
 * It uses Nest's own `@Body()`, so that pipes such as `ValidationPipe` treat the value as a body.
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

/** Gives a handler's parameter the sender of the message, or undefined; see `senderOf`. */
export const Sender = decoratorFor((context) => senderOf(context.getNotification()));

function decoratorFor(
  read: (context: NotificationExecutionContext) => unknown,
): (...pipes: Pipe[]) => ParameterDecorator {
  return createParamDecorator((_data: unknown, context: ExecutionContext) =>
    read(NotificationExecutionContext.create(context)),
  );
}
