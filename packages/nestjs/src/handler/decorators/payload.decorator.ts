import { Body } from '@nestjs/common';

import type { Pipe } from './pipe.type.js';

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
