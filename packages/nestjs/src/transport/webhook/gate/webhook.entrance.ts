import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

import type { ApplicationWatch } from '../application-watch.js';
import { Refusal } from './refusal.js';
import { RefusalAnswers } from './refusal-answers.js';
import type { Admission, WebhookGate } from './webhook.gate.js';

/**
 * How many requests may wait on one connection for the answers to earlier ones. GREEN-API sends the
 * next notification after an answer, and proxies do not put requests behind each other, either.
 */
const MOST_WAITING = 16;

/** Admits a request; or refuses it, answers it and returns undefined. */
export type Entrance = (
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<Admission | undefined>;

/** Lets each request through the gate once, and answers those that the gate refuses. */
export class WebhookEntrance {
  private readonly answers = new RefusalAnswers();
  private readonly waiting = new WeakMap<Socket, number>();

  constructor(
    private readonly gate: WebhookGate,
    private readonly watch: ApplicationWatch,
  ) {}

  async enter(request: IncomingMessage, response: ServerResponse): Promise<Admission | undefined> {
    const admitted = this.gate.admissionOf(request);
    if (admitted) return admitted;
    if (this.answers.hasRefused(request)) {
      request.destroy();
      return undefined;
    }
    const admission = this.isCrowded(request, response)
      ? this.gate.refuse(request, 'crowded')
      : await this.gate.admit(request);
    if (admission instanceof Refusal) {
      this.answers.give(request, response, admission);
      return undefined;
    }
    this.watch.follow(admission, response);
    return admission;
  }

  /** Whether too many requests wait on its connection. */
  private isCrowded({ socket }: IncomingMessage, response: ServerResponse): boolean {
    // Node gives the connection to a response when the responses before it have ended.
    if (response.socket !== null) return false;
    const count = (this.waiting.get(socket) ?? 0) + 1;
    this.waiting.set(socket, count);
    response.once('close', () => this.waiting.set(socket, (this.waiting.get(socket) ?? 1) - 1));
    return count > MOST_WAITING;
  }
}
