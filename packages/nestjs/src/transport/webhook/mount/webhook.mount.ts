import type { Socket } from 'node:net';

import type { HttpServer } from '@nestjs/common';
import type { ApplicationConfig, HttpAdapterHost, ModulesContainer } from '@nestjs/core';

import type { ApplicationWatch } from '../application-watch.js';
import { mountOnExpress } from './express.mount.js';
import { mountOnFastify } from './fastify.mount.js';
import { answerRefusal } from '../gate/refusal-answer.js';
import { Refusal } from '../gate/refusal.js';
import { RefusedAddresses } from '../gate/refused-addresses.js';
import type { Entrance, WebhookGate } from '../gate/webhook.gate.js';
import { NestTooOldError } from '../webhook.errors.js';
import type { WebhookRoute } from './webhook.route.js';

/** Mounts the gate before the route, as soon as the HTTP server exists. */
export class WebhookMount {
  private isDone = false;
  private readonly strangers = new RefusedAddresses();
  private readonly refused = new WeakSet<Socket>();

  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly config: ApplicationConfig,
    private readonly modules: ModulesContainer,
    private readonly watch: ApplicationWatch,
  ) {}

  get isMounted(): boolean {
    return this.isDone;
  }

  /**
   * Mounts the gate now. If Nest has no HTTP server yet, this method mounts the gate as soon as
   * Nest has one: Nest's testing module creates the server after the providers.
   *
   * @throws {NestTooOldError} if Nest cannot announce its server
   */
  mount(gate: WebhookGate, route: WebhookRoute): void {
    const { init$ } = this.adapterHost as Partial<HttpAdapterHost>;
    if (!init$) throw new NestTooOldError();
    init$.subscribe(() => {
      const adapter = this.adapterHost.httpAdapter as HttpServer | null | undefined;
      if (!adapter || this.isDone) return;
      this.isDone = true;
      const enter = this.entranceOf(gate);
      if (adapter.getType() === 'fastify') mountOnFastify(adapter, enter, route);
      else mountOnExpress(adapter, enter, () => route.pathsIn(this.config, this.modules));
    });
  }

  private entranceOf(gate: WebhookGate): Entrance {
    return async (request, response) => {
      const admitted = gate.admissionOf(request);
      if (admitted) return admitted;
      // Requests that a sender has put behind a refused one on the same connection.
      if (this.refused.has(request.socket)) {
        request.destroy();
        return undefined;
      }
      const admission = await gate.admit(request);
      if (admission instanceof Refusal) {
        this.refused.add(request.socket);
        // A sender with a valid token always gets an answer, also from behind the same proxy.
        const isStranger = admission.reason === 'token' || admission.reason === 'address';
        if (isStranger && this.strangers.add(admission.address)) request.destroy();
        else answerRefusal(request, response, admission.status);
        return undefined;
      }
      this.watch.follow(admission, response);
      return admission;
    };
  }
}
