import { styleText } from 'node:util';

import {
  type Delivery,
  type DeliveryOutcome,
  type HandlerRun,
  senderOf,
  textOf,
  typeMessageOf,
} from '@green-notifications/nestjs';

const LONGEST_TEXT = 24;
const AUDIT = 'AuditListener.onAny';

/** Describes the outcome of one attempt in one line. */
export function describeOutcome({ delivery, outcome }: DeliveryOutcome): string {
  const { notification } = delivery;
  const kind = [notification.typeWebhook, typeMessageOf(notification)].filter(Boolean).join(' ');
  const text = quote(textOf(notification));
  const from = senderOf(notification)?.name ?? '';
  const runs = outcome.runs.map(describeRun).filter(Boolean).join(', ');
  const end =
    outcome.result === 'retry'
      ? styleText('yellow', `kept, next attempt in ${(outcome.retryAfterMs / 1000).toFixed(1)} s`)
      : styleText('green', resultOf(delivery, outcome.result));
  return [
    styleText('dim', new Date().toLocaleTimeString('en-GB')),
    kind.padEnd(50),
    [from, text]
      .filter(Boolean)
      .join(' ')
      .padEnd(LONGEST_TEXT + 8),
    [runs, end].filter(Boolean).join(' → '),
  ].join('  ');
}

/** What comes from the inbox was acknowledged when it was stored. */
function resultOf(delivery: Delivery, result: string): string {
  return delivery.job && result === 'acknowledged' ? 'handled' : result;
}

/** The audit listener runs for every notification, so it is shown only if it failed. */
function describeRun(run: HandlerRun): string {
  const { handler, attempt } = run;
  const hasFailed = 'error' in run;
  if (handler === AUDIT && !hasFailed) return '';
  const again = attempt > 1 ? ` (attempt ${attempt})` : '';
  return hasFailed ? styleText('red', `${handler} failed${again}`) : `${handler}${again}`;
}

function quote(text: string | undefined): string {
  if (!text) return '';
  const line = text.replace(/\s+/g, ' ');
  return `"${line.length > LONGEST_TEXT ? `${line.slice(0, LONGEST_TEXT - 1)}…` : line}"`;
}
