import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpServer } from '@nestjs/common';

import type { Entrance } from '../gate/webhook.entrance.js';

type Next = (error?: unknown) => void;

/**
 * Mounts the gate on Express, or any other adapter with `use`, before all other middleware. It
 * stores the parsed body as Express's own parsers do, so that the application's body parsers skip
 * the request.
 *
 * @param paths called at the first request, because `setGlobalPrefix` is called after the mount
 */
export function mountOnExpress(
  adapter: HttpServer,
  enter: Entrance,
  paths: () => readonly string[],
): void {
  let routePaths: readonly string[] | undefined;
  const isRoute = (url: string) => {
    routePaths ??= paths().map((path) => path.replace(/\/$/, '').toLowerCase());
    const path = pathOf(url);
    return routePaths.some((routePath) => leadsTo(routePath, path));
  };
  adapter.use((request: IncomingMessage, response: ServerResponse, next: Next) => {
    if (request.method === 'POST' && isRoute(request.url ?? '')) {
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

/**
 * Like Express by default, this comparison ignores case and trailing slashes. If Express is
 * case-sensitive or strict, its router rejects the URL later.
 */
function leadsTo(routePath: string, path: string): boolean {
  return (
    path.length >= routePath.length &&
    path.slice(0, routePath.length).toLowerCase() === routePath &&
    /^\/*(?:[?#]|$)/.test(path.slice(routePath.length))
  );
}

/** A request may also name its whole URL, as to a proxy; Express takes the path of it. */
function pathOf(url: string): string {
  if (url.startsWith('/')) return url;
  const path = /^[a-z][a-z\d+.-]*:\/\/[^/?#]*(.*)$/is.exec(url)?.[1] ?? url;
  return path.startsWith('/') ? path : `/${path}`;
}
