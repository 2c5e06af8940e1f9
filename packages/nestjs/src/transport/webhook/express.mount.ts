import type { IncomingMessage, ServerResponse } from 'node:http';

import type { HttpServer } from '@nestjs/common';

import type { Entrance } from './webhook.gate.js';

type Next = (error?: unknown) => void;

/**
 * Puts the gate on Express (and on whatever else has `use`) in front of every other middleware. It
 * leaves the parsed body where Express's own parsers leave it, so that the host's pass it by.
 *
 * @param paths asked at the first request, because `setGlobalPrefix` is called later than this
 */
export function mountOnExpress(
  adapter: HttpServer,
  enter: Entrance,
  paths: () => readonly string[],
): void {
  let own: readonly string[] | undefined;
  const isOwn = (url: string) => {
    own ??= paths().map((path) => path.replace(/\/$/, '').toLowerCase());
    return own.some((path) => leadsTo(path, url));
  };
  adapter.use((request: IncomingMessage, response: ServerResponse, next: Next) => {
    if (request.method === 'POST' && isOwn(request.url ?? '')) {
      void pass(enter, request, response, next);
    } else next();
  });
}

async function pass(
  enter: Entrance,
  request: IncomingMessage,
  response: ServerResponse,
  next: Next,
): Promise<void> {
  try {
    const admission = await enter(request, response);
    if (!admission) return;
    Object.assign(request, { body: admission.body, _body: true });
  } catch (error) {
    next(error);
    return;
  }
  next();
}

/** Express does not tell `/A/` from `/a`; where it is told to, the router still does. */
function leadsTo(path: string, url: string): boolean {
  return (
    url.length >= path.length &&
    url.slice(0, path.length).toLowerCase() === path &&
    /^\/*(?:[?#]|$)/.test(url.slice(path.length))
  );
}
