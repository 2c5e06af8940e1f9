import type { HandlerPlan } from './handler.log.js';

/** What the handlers do: nothing, wait 10 ms, or that and fail once for a message of each chat. */
export const WORK_NAMES = ['instant', 'tenMs', 'failing'] as const;

export type WorkName = (typeof WORK_NAMES)[number];

export const PLANS = {
  instant: { handlerMs: 0 },
  tenMs: { handlerMs: 10 },
  // The second of each chat, so that some stand behind it.
  failing: { handlerMs: 10, failsOnce: 1 },
} as const satisfies Record<WorkName, HandlerPlan>;
