import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpServer } from '@nestjs/common';

import type { Entrance } from '../gate/webhook.entrance.js';
import type { WebhookRoute } from './webhook.route.js';

/** The parts of Fastify and of Nest's Fastify adapter that are used here. */
interface FastifyAdapter extends HttpServer {
  readonly onRequestHook?: OnRequest;
  setOnRequestHook(hook: OnRequest): void;
  getInstance(): FastifyInstance;
}

interface FastifyInstance {
  addHook(name: 'onRoute', hook: (route: RouteOptions) => void): unknown;
}

interface RouteOptions {
  readonly handler: unknown;
  config?: object;
  onRequest?: OnRequest | readonly OnRequest[];
}

type OnRequest = (request: FastifyRequest, reply: FastifyReply, done: (e?: Error) => void) => void;

interface FastifyRequest {
  readonly raw: IncomingMessage;
  readonly routeOptions: { readonly config?: object };
  headers: Record<string, string | undefined>;
  body: unknown;
}

interface FastifyReply {
  readonly raw: ServerResponse;
  hijack(): void;
}

/** Marks the webhook route in its Fastify config, which each request can read. */
const GATED = Symbol('green-notifications:gated');

/** Replaces Fastify's view of the headers, so that it does not try to parse the body again. */
const NO_BODY = {
  'content-type': undefined,
  'content-length': undefined,
  'transfer-encoding': undefined,
};

/**
 * Mounts the gate on the webhook route of Fastify, before the body parser and Nest's middleware.
 * Only the adapter's `onRequest` hook runs before Nest's middleware. There is one such hook and the
 * application may own it, so we also hook the route.
 */
export function mountOnFastify(adapter: HttpServer, enter: Entrance, route: WebhookRoute): void {
  const fastify = adapter as FastifyAdapter;
  const gate: OnRequest = (request, reply, done) => void pass(enter, request, reply, done);
  fastify.getInstance().addHook('onRoute', (options) => {
    if (!route.isHandledBy(options.handler)) return;
    options.config = { ...options.config, [GATED]: true };
    options.onRequest = [options.onRequest ?? [], gate].flat();
  });
  if (fastify.onRequestHook) return;
  fastify.setOnRequestHook((request, reply, done) => {
    if (request.raw.method === 'POST' && GATED in (request.routeOptions.config ?? {})) {
      gate(request, reply, done);
    } else done();
  });
}

async function pass(
  enter: Entrance,
  request: FastifyRequest,
  reply: FastifyReply,
  done: (error?: Error) => void,
): Promise<void> {
  try {
    const admission = await enter(request.raw, reply.raw);
    if (!admission) {
      reply.hijack();
      return;
    }
    request.headers = NO_BODY;
    request.body = admission.body;
  } catch (error) {
    done(error as Error);
    return;
  }
  done();
}
