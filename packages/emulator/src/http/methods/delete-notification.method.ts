import type { Answer } from '../answer.js';
import type { ApiCall, ApiMethod } from '../api.method.js';
import { errorAnswer } from '../error.answer.js';
import { jsonAnswer } from '../json.answer.js';
import { refuseQueueAccess } from './queue-access.refusal.js';

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
