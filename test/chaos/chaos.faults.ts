import {
  answerWith,
  apiError,
  blackHole,
  closedAfterAnswer,
  connectionReset,
  delay,
  drippedBody,
  duplicateDelivery,
  type Emulator,
  extraHeaders,
  hangUp,
  proxyPage,
  sentAgainLater,
  sentTwice,
  slowBody,
  staleHead,
  tokenEcho,
  tooManyRequests,
  truncatedBody,
} from '@green-notifications/emulator';

import type { TcpFaultProxy } from '../faults/support/tcp-fault.proxy.js';
import { halfClose, latency, reset, truncateAt } from '../faults/support/tcp-faults.js';

const RECEIVE = { method: 'receiveNotification' };
const DELETE = { method: 'deleteNotification' };

/** Each fault comes to about one in 500 of the requests that it is for. */
const PROBABILITY = 0.002;
/** These take 15 s and 10 s until the client gives up: a few are enough. */
const FEW = (count: number) => Math.max(1, Math.floor(count / 10_000));

interface Stage {
  readonly emulator: Emulator;
  /** Between the application and GREEN-API. */
  readonly polls: TcpFaultProxy;
  /** Between GREEN-API and the application's route. */
  readonly posts: TcpFaultProxy;
}

/** Plans every fault there is; gives a function that tells how often each was played. */
export function planFaults(
  { emulator, polls, posts }: Stage,
  random: () => number,
  count: number,
): () => Readonly<Record<string, number>> {
  const by = (probability: number) => () => random() < probability;
  const when = by(PROBABILITY);
  const times = Infinity;
  const ever = { times, when };

  const http = [
    ...[
      apiError(500, 'Internal Server Error'),
      tokenEcho(500),
      proxyPage(502),
      proxyPage(504),
      tooManyRequests(),
      tooManyRequests({ retryAfterSeconds: 1 }),
      connectionReset('before-effect'),
      connectionReset('after-effect'),
      truncatedBody(),
      delay(40),
      closedAfterAnswer(),
      answerWith({ status: 200, headers: { 'content-type': 'text/html' }, body: '<html>' }),
    ].flatMap((fault) => [
      { match: RECEIVE, fault },
      { match: DELETE, fault },
    ]),
    ...['', 'null', '{"receiptId":1,"body":{"typeWe'].map((body) => ({
      match: RECEIVE,
      fault: answerWith({ status: 200, body }),
    })),
    { match: RECEIVE, fault: staleHead() },
    { match: RECEIVE, fault: drippedBody({ bytes: 50, intervalMs: 2 }) },
    { match: { ...RECEIVE, handingOut: true }, fault: duplicateDelivery() },
    { match: DELETE, fault: answerWith({ status: 200, body: { result: false } }) },
    { match: DELETE, fault: answerWith({ status: 200, body: { result: true } }) },
    { match: DELETE, fault: apiError(500, "undefined (reading 'findUnAckedMessage')") },
  ].map(({ match, fault }) => emulator.faults.next({ ...match, ...ever }, fault));

  const rare = { times: FEW(count), when: by(FEW(count) / count) };
  const silent = [RECEIVE, DELETE].map((match) =>
    emulator.faults.next({ ...match, ...rare }, blackHole('after-effect')),
  );

  const push = [
    hangUp(15),
    sentTwice(),
    sentAgainLater(100),
    slowBody({ bytes: 100, intervalMs: 2 }),
    extraHeaders({ 'x-forwarded-for': '46.101.109.139' }),
    extraHeaders({ authorization: 'Bearer forged' }),
  ].map((fault) => emulator.faults.nextPush({ times, when: by(0.004) }, fault));

  const tcp = [polls, posts].flatMap((proxy) =>
    (['request', 'response'] as const).flatMap((at) =>
      [reset(), truncateAt(0), truncateAt(200), halfClose(), latency(10)].map((fault) => ({
        name: `tcp ${at} ${fault.name}`,
        plan: proxy.next({ at, ...ever }, fault),
      })),
    ),
  );

  return () =>
    countByName([
      ...[...http, ...silent, ...push].map(({ name, fired }) => ({ name, fired })),
      ...tcp.map(({ name, plan }) => ({ name, fired: plan.fired })),
    ]);
}

function countByName(all: readonly { readonly name: string; readonly fired: number }[]) {
  const counts: Record<string, number> = {};
  for (const { name, fired } of all) counts[name] = (counts[name] ?? 0) + fired;
  return counts;
}
