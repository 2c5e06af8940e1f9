import { type Answer, emptyAnswer, errorAnswer, handOutAnswer, jsonAnswer } from '../answers.js';
import type { ApiCall, ApiMethod } from '../api.method.js';

/** Returns an error if the queue cannot be read now. */
function refuseQueueAccess(call: ApiCall): Answer | undefined {
  const { instance, options } = call;
  if (instance.settings.webhookUrl !== '') {
    return errorAnswer(
      call,
      400,
      `Message cannot be received because custom webhook url is set. Go to cabinet, clear webhook url for instance: ${instance.idInstance} and wait for about 1 minute for another attempt`,
      'code',
    );
  }
  if (instance.stateInstance === 'starting' && options.queueWhileStarting === 'refuse') {
    return errorAnswer(call, 400, 'instance in starting process try later');
  }
  return undefined;
}

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

/** `DELETE deleteNotification/{token}/{receiptId}` */
export const deleteNotificationMethod: ApiMethod = {
  name: 'deleteNotification',
  verbs: ['DELETE'],
  requestsPerSecond: 100,

  refuse(call: ApiCall): Answer | undefined {
    if (!/^\d+$/.test(call.parameter ?? '')) {
      const { malformedReceiptStatus } = call.options;
      return errorAnswer(call, malformedReceiptStatus, 'Parameter receiptId must be a Number!');
    }
    return refuseQueueAccess(call);
  },

  handle(call: ApiCall): Answer {
    const deleted = call.instance.pull.delete(Number(call.parameter));
    if (!deleted && call.options.unknownReceipt === 'find-unacked-500') {
      const message = "Cannot read properties of undefined (reading 'findUnAckedMessage')";
      return errorAnswer(call, 500, message);
    }
    return jsonAnswer(showsReason(call) ? { result: deleted, reason: '' } : { result: deleted });
  },
};

function showsReason({ instance, options }: ApiCall): boolean {
  if (options.deleteReason !== 'max') return options.deleteReason === 'always';
  return instance.typeInstance === 'v3';
}

/** `GET getWebhooksCount` */
export const getWebhooksCountMethod: ApiMethod = {
  name: 'getWebhooksCount',
  verbs: ['GET'],
  requestsPerSecond: 1,
  handle: ({ instance, options }) => jsonAnswer({ [options.countKey]: instance.report.count() }),
};

/** `DELETE clearWebhooksQueue`; two published samples use `GET`. */
export const clearWebhooksQueueMethod: ApiMethod = {
  name: 'clearWebhooksQueue',
  verbs: ['DELETE', 'GET'],
  requestsPerSecond: 1,

  handle({ instance, options }: ApiCall): Answer {
    if (instance.settings.webhookUrl !== '' && options.clearWithWebhookUrl === 'fails') {
      return jsonAnswer({ isCleared: false, reason: 'Internal error' });
    }
    const leftTime = instance.report.clear();
    return jsonAnswer(
      leftTime === 0
        ? { isCleared: true, reason: '' }
        : { isCleared: false, reason: 'Too many requests', leftTime },
    );
  },
};
