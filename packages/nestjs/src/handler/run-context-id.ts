import { type ContextId, ContextIdFactory, type ModuleRef } from '@nestjs/core';
import type { InstanceWrapper } from '@nestjs/core/injector/instance-wrapper.js';
import { REQUEST_CONTEXT_ID } from '@nestjs/core/router/request/request-constants.js';

import type { NotificationContext } from './notification.context.js';

/**
 * The id that the request-scoped providers of one run share, as Nest's router makes it for a
 * request: a context-id strategy is asked, and `ContextIdFactory.getByRequest(context)` finds it.
 */
export function runContextId(
  context: NotificationContext,
  wrapper: InstanceWrapper,
  moduleRef: ModuleRef,
): ContextId {
  const contextId = ContextIdFactory.getByRequest(context);
  Object.defineProperty(context, REQUEST_CONTEXT_ID, { value: contextId });
  // What a durable provider keeps outlives this run; only the strategy knows what may be kept.
  const isShared = contextId.getParent !== undefined && wrapper.isDependencyTreeDurable();
  moduleRef.registerRequestByContextId(isShared ? contextId.payload : context, contextId);
  return contextId;
}
