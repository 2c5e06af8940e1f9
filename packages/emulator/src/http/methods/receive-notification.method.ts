import type { Answer } from '../answer.js';
import type { ApiCall, ApiMethod } from '../api.method.js';
import { emptyAnswer } from '../empty.answer.js';
import { errorAnswer } from '../error.answer.js';
import { handOutAnswer } from '../hand-out.answer.js';
import { jsonAnswer } from '../json.answer.js';
import { refuseQueueAccess } from './queue-access.refusal.js';

const SHORTEST_SECONDS = 5;
const LONGEST_SECONDS = 60;

/** `GET receiveNotification?receiveTimeout=5..60` */
export const receiveNotificationMethod: ApiMethod = {
  name: 'receiveNotification',
  verbs: ['GET'],
  requestsPerSecond: 100,

  refuse(call: ApiCall): Answer | undefined {
    if (call.options.receiveTimeoutOutOfRange === 'reject' && !isInRange(askedSeconds(call))) {
      return errorAnswer(
        call,
        400,
        `Validation failed. Details: 'receiveTimeout' must be an integer from ${SHORTEST_SECONDS} to ${LONGEST_SECONDS}`,
      );
    }
    return refuseQueueAccess(call);
  },

  async handle(call: ApiCall): Promise<Answer> {
    const received = await call.instance.pull.receive(waitSeconds(call) * 1000, call.signal);
    if (received) return handOutAnswer(received);
    return call.options.emptyAnswer === 'null' ? jsonAnswer(null) : emptyAnswer(200);
  },
};

function askedSeconds({ query }: ApiCall): number {
  const asked = query.get('receiveTimeout');
  if (asked === null) return SHORTEST_SECONDS;
  return asked.trim() === '' ? Number.NaN : Number(asked);
}

function isInRange(seconds: number): boolean {
  return Number.isInteger(seconds) && seconds >= SHORTEST_SECONDS && seconds <= LONGEST_SECONDS;
}

function waitSeconds(call: ApiCall): number {
  const seconds = askedSeconds(call);
  if (Number.isNaN(seconds)) return SHORTEST_SECONDS;
  return Math.min(LONGEST_SECONDS, Math.max(SHORTEST_SECONDS, Math.trunc(seconds)));
}
