import { type ContextId, ContextIdFactory, type ModuleRef } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import { REQUEST_CONTEXT_ID } from '@nestjs/core/router/request/request-constants.js';

import type { NotificationContext } from '../notification.context.js';

/**
 * Creates the context id that the request-scoped providers of one run share. It works as in Nest's
 * router: the application's context-id strategy creates the id, and later calls of
 * `ContextIdFactory.getByRequest(context)` return the same id.
 */
export function runContextId(
  context: NotificationContext,
  wrapper: InstanceWrapper,
  moduleRef: ModuleRef,
): ContextId {
  const contextId = ContextIdFactory.getByRequest(context);
  Object.defineProperty(context, REQUEST_CONTEXT_ID, { value: contextId });
  // A durable provider lives longer than the run, so it gets the strategy's payload instead of the
  // context.
  const isShared = contextId.getParent !== undefined && wrapper.isDependencyTreeDurable();
  moduleRef.registerRequestByContextId(isShared ? contextId.payload : context, contextId);
  return contextId;
}
