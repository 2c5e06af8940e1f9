import Fastify, {
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from 'fastify';

import { AccessPolicy } from '../access/access.policy.js';
import { isWildcardAddress } from '../access/host-name.js';
import type { FaultRegistry } from '../faults/fault.registry.js';
import type { InstanceRegistry } from '../instance/instance.registry.js';
import type { RequestLog, RequestRecord } from '../ledger/request.log.js';
import type { ResolvedOptions } from '../options/resolved.options.js';
import type { ApiGate } from './api.gate.js';
import { findApiMethod } from './api.methods.js';
import { HttpExchange } from './http.exchange.js';
import { parseRequestAddress } from './request-address.js';

const BODY_LIMIT_MIB = 16;

export interface ServerParts {
  readonly options: ResolvedOptions;
  readonly instances: InstanceRegistry;
  readonly gate: ApiGate;
  readonly faults: FaultRegistry;
  readonly requests: RequestLog;
}

/**
 * The HTTP server. It refuses requests of callers that may not use the emulator, before it reads
 * their bodies. It turns every other request into an exchange, and plays faults before and after
 * its effect.
 */
export class EmulatorServer {
  private readonly fastify: FastifyInstance;
  private readonly access: AccessPolicy;

  constructor(private readonly parts: ServerParts) {
    this.access = new AccessPolicy(parts.options);
    this.fastify = Fastify({
      bodyLimit: BODY_LIMIT_MIB * 1024 * 1024,
      forceCloseConnections: true,
      keepAliveTimeout: parts.options.keepAliveTimeoutMs,
    });
    this.fastify.addHook('onRequest', (request, reply, next) => {
      const refusal = this.refusalOf(request);
      if (refusal === undefined) next();
      else sendText(reply, 403, refusal);
    });
    this.fastify.setErrorHandler<FastifyError>((error, _request, reply) =>
      error.code === 'FST_ERR_CTP_BODY_TOO_LARGE'
        ? sendText(reply, 413, `The emulator takes bodies of up to ${BODY_LIMIT_MIB} MiB.`)
        : reply.send(error),
    );
    this.fastify.removeAllContentTypeParsers();
    this.fastify.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) =>
      done(null, body),
    );
    this.fastify.addContentTypeParser(
      'multipart/form-data',
      { parseAs: 'buffer' },
      async ({ headers }: FastifyRequest, body: Buffer) => {
        const type = headers['content-type'] ?? '';
        const form = new Response(body, { headers: { 'content-type': type } }).formData();
        // A broken form is one without fields.
        return form.catch(() => new FormData());
      },
    );
    this.fastify.route({
      method: ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'],
      url: '/*',
      handler: (request, reply) => this.serve(request, reply),
    });
  }

  /** Resolves with the base URL. */
  async listen(): Promise<string> {
    const { port, host } = this.parts.options;
    const url = await this.fastify.listen({ port, host });
    if (!isWildcardAddress(host)) return url;
    // No host is called 0.0.0.0 or ::.
    return `http://${host === '::' ? '[::1]' : '127.0.0.1'}:${new URL(url).port}`;
  }

  /** Destroys every connection, including waiting polls. */
  async close(): Promise<void> {
    await this.fastify.close();
  }

  private refusalOf({ headers, socket }: FastifyRequest): string | undefined {
    return this.access.refusalOf({
      host: headers.host,
      origin: headers.origin,
      fetchSite: headers['sec-fetch-site']?.toString(),
      remoteAddress: socket.remoteAddress,
    });
  }

  private async serve(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const exchange = this.exchange(request, reply);
    const { faults } = this.parts;
    const early = faults.takeBeforeEffect(exchange);
    if (early) return early.play(exchange);

    const answer = await exchange.perform();
    if (exchange.signal.aborted) return exchange.ignore();
    const late = faults.takeAfterEffect(exchange, answer);
    return late ? late.play(exchange) : exchange.send(answer);
  }

  private exchange(request: FastifyRequest, reply: FastifyReply): HttpExchange {
    const { options, gate } = this.parts;
    const verb = request.method;
    const path = request.raw.url ?? '/';
    const bodyText = typeof request.body === 'string' ? request.body : '';
    const form = request.body instanceof FormData ? request.body : undefined;
    const record = this.record(verb, path);
    const instance = this.parts.instances.find(record.idInstance);
    const logs = [this.parts.requests, instance?.requests];
    for (const log of logs) log?.add(record);
    return new HttpExchange({
      record,
      instance,
      path,
      reply,
      clock: options.clock,
      perform: (signal) => gate.answer({ verb, path, bodyText, form }, signal),
      answered: () => logs.forEach((log) => log?.answered(record)),
    });
  }

  private record(verb: string, path: string): RequestRecord {
    const address = parseRequestAddress(path);
    const { clock, caseInsensitiveMethods } = this.parts.options;
    const named = address?.method ?? '';
    return {
      verb,
      method: findApiMethod(named, caseInsensitiveMethods)?.name ?? named,
      idInstance: address?.idInstance ?? '',
      ...(address?.parameter !== undefined && { parameter: address.parameter }),
      atMs: clock.now(),
    };
  }
}

/** An answer of the emulator itself, which GREEN-API does not have: plain text, no CORS headers. */
function sendText(reply: FastifyReply, status: number, text: string): FastifyReply {
  return reply.code(status).type('text/plain; charset=utf-8').send(`${text}\n`);
}
