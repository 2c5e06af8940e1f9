import type { IncomingMessage, ServerResponse } from 'node:http';

import type { HttpServer } from '@nestjs/common';

import { Refusal } from './refusal.js';
import { answerRefusal } from './refusal-answer.js';
import type { WebhookGate } from './webhook.gate.js';

type Next = (error?: unknown) => void;

/**
 * Puts the gate on Express (and on whatever else has `use`) in front of every other middleware. It
 * leaves the parsed body where Express's own parsers leave it, so that the host's pass it by.
 *
 * @param paths asked at the first request, because `setGlobalPrefix` is called later than this
 */
export function openExpressDoor(
  adapter: HttpServer,
  gate: WebhookGate,
  paths: () => readonly string[],
): void {
  let own: ReadonlySet<string> | undefined;
  adapter.use((request: IncomingMessage, response: ServerResponse, next: Next) => {
    own ??= new Set(paths().map(comparable));
    if (request.method === 'POST' && own.has(comparable(request.url ?? ''))) {
      void pass(gate, request, response, next);
    } else next();
  });
}

async function pass(
  gate: WebhookGate,
  request: IncomingMessage,
  response: ServerResponse,
  next: Next,
): Promise<void> {
  try {
    const admission = await gate.admit(request);
    if (admission instanceof Refusal) {
      answerRefusal(request, response, admission.status);
      return;
    }
    Object.assign(request, { body: admission.body, _body: true });
  } catch (error) {
    next(error);
    return;
  }
  next();
}

/** Express does not tell `/A/` from `/a`; where it is told to, the router still does. */
function comparable(url: string): string {
  return url
    .replace(/[?#].*$/s, '')
    .replace(/\/+$/, '')
    .toLowerCase();
}
