import type { IncomingMessage } from 'node:http';

import type { HttpAdapterHost } from '@nestjs/core';

import { Refusal } from './refusal.js';
import type { WebhookGate } from './webhook.gate.js';
import type { WebhookTransport } from './webhook.transport.js';

/** What the route does, whatever the platform. */
export class WebhookEndpoint {
  constructor(
    private readonly gate: WebhookGate,
    private readonly transport: WebhookTransport,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  /** Answers by itself, so that no filter or interceptor of the host can turn a 500 into a 200. */
  async receive(request: unknown, response: unknown): Promise<void> {
    const { httpAdapter } = this.adapterHost;
    const raw = rawRequestOf(request);
    // A request that found a way around the gate meets it here.
    const admission = this.gate.admissionOf(raw) ?? (await this.gate.admit(raw));
    const status =
      admission instanceof Refusal ? admission.status : await this.transport.answer(admission);
    if (!httpAdapter.isHeadersSent(response)) httpAdapter.reply(response, undefined, status);
  }
}

/** Fastify wraps Node's request, Express extends it. */
function rawRequestOf(request: unknown): IncomingMessage {
  return (request as { raw?: IncomingMessage }).raw ?? (request as IncomingMessage);
}
