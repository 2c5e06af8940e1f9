import type { IncomingMessage, ServerResponse } from 'node:http';

import type { HttpServer } from '@nestjs/common';

import type { Entrance } from './webhook.gate.js';
import type { WebhookRoute } from './webhook.route.js';

/** The few parts of Fastify, and of Nest's adapter for it, that are used here. */
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

/** Marks the route in its Fastify config, which a request carries. */
const GATED = Symbol('green-notifications:gated');

/** Tells Fastify, in its own view of the headers, that there is no body left to parse. */
const NO_BODY = {
  'content-type': undefined,
  'content-length': undefined,
  'transfer-encoding': undefined,
};

/**
 * Puts the gate on the one route of Fastify that it is for, in front of the body parser and of
 * Nest's middleware. Nest registers those before any provider is made, and only the adapter's own
 * hook comes earlier; as there is one such hook, and others may want it, the route has the gate too.
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
