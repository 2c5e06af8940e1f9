import type { IncomingMessage } from 'node:http';

import type { HttpAdapterHost } from '@nestjs/core';

import { Refusal } from './gate/refusal.js';
import type { WebhookGate } from './gate/webhook.gate.js';
import type { WebhookTransport } from './webhook.transport.js';

/** Handles a request of the webhook route, on Express and on Fastify. */
export class WebhookEndpoint {
  constructor(
    private readonly gate: WebhookGate,
    private readonly transport: WebhookTransport,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  /**
   * Sends the answer itself, so that no filter or interceptor of the application can turn a 500
   * into a 200.
   */
  async receive(request: unknown, response: unknown): Promise<void> {
    const raw = rawRequestOf(request);
    // A request that reached the route without passing the gate is checked here.
    const admission = this.gate.admissionOf(raw) ?? (await this.gate.admit(raw));
    if (admission instanceof Refusal) {
      this.reply(response, admission.status);
      return;
    }
    admission.isHandled = true;
    const status = await this.transport.answer(admission);
    if (this.reply(response, status)) admission.answer = status;
  }

  /** Returns false if the request was already answered. */
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
