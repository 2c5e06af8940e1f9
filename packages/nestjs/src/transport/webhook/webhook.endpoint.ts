import type { IncomingMessage } from 'node:http';

import type { HttpAdapterHost } from '@nestjs/core';

import type { ApplicationWatch } from './application-watch.js';
import { Refusal } from './refusal.js';
import type { WebhookGate } from './webhook.gate.js';
import type { WebhookTransport } from './webhook.transport.js';

/** What the route does, whatever the platform. */
export class WebhookEndpoint {
  constructor(
    private readonly gate: WebhookGate,
    private readonly transport: WebhookTransport,
    private readonly adapterHost: HttpAdapterHost,
    private readonly watch: ApplicationWatch,
  ) {}

  /** Answers by itself, so that no filter or interceptor of the host can turn a 500 into a 200. */
  async receive(request: unknown, response: unknown): Promise<void> {
    const raw = rawRequestOf(request);
    // A request that found a way around the gate meets it here.
    const admission = this.gate.admissionOf(raw) ?? (await this.gate.admit(raw));
    if (admission instanceof Refusal) {
      this.reply(response, admission.status);
      return;
    }
    this.watch.handled(admission);
    const status = await this.transport.answer(admission);
    if (this.reply(response, status)) this.watch.answered(admission, status);
  }

  /** Whether there was still an answer to give. */
  private reply(response: unknown, status: number): boolean {
    const { httpAdapter } = this.adapterHost;
    if (httpAdapter.isHeadersSent(response)) return false;
    httpAdapter.reply(response, undefined, status);
    return true;
  }
}

/** Fastify wraps Node's request, Express extends it. */
function rawRequestOf(request: unknown): IncomingMessage {
  return (request as { raw?: IncomingMessage }).raw ?? (request as IncomingMessage);
}
