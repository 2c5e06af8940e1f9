import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Entrance } from './admission.js';
import type { WebhookRoute } from './webhook.route.js';

/** The few parts of Fastify that are used here. */
interface FastifyInstance {
  addHook(name: 'onRoute', hook: (route: RouteOptions) => void): unknown;
}

interface RouteOptions {
  readonly handler: unknown;
  onRequest?: OnRequest | readonly OnRequest[];
}

type OnRequest = (request: FastifyRequest, reply: FastifyReply, done: (e?: Error) => void) => void;

interface FastifyRequest {
  readonly raw: IncomingMessage;
  headers: Record<string, string | undefined>;
  body: unknown;
}

interface FastifyReply {
  readonly raw: ServerResponse;
  hijack(): void;
}

/** Tells Fastify, in its own view of the headers, that there is no body left to parse. */
const NO_BODY = {
  'content-type': undefined,
  'content-length': undefined,
  'transfer-encoding': undefined,
};

/**
 * Puts the gate on the one route of Fastify that it is for, in front of Fastify's body parser. The
 * middleware has let most requests in by then; this hook also meets those that it did not see.
 */
export function openFastifyDoor(
  fastify: FastifyInstance,
  enter: Entrance,
  route: WebhookRoute,
): void {
  const onRequest: OnRequest = (request, reply, done) => void pass(enter, request, reply, done);
  fastify.addHook('onRoute', (options) => {
    if (!route.isHandledBy(options.handler)) return;
    options.onRequest = [options.onRequest ?? [], onRequest].flat();
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
