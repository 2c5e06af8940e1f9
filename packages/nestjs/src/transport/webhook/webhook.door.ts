import type { HttpServer } from '@nestjs/common';
import type { ApplicationConfig, HttpAdapterHost } from '@nestjs/core';

import type { Entrance } from './admission.js';
import type { ApplicationWatch } from './application.watch.js';
import { openExpressDoor } from './express.door.js';
import { openFastifyDoor } from './fastify.door.js';
import { NestTooOldError } from './nest-too-old.error.js';
import { Refusal } from './refusal.js';
import { answerRefusal } from './refusal-answer.js';
import type { WebhookGate } from './webhook.gate.js';
import type { WebhookRoute } from './webhook.route.js';

/** Puts the gate in front of the route, as soon as there is a server. */
export class WebhookDoor {
  private isOpen = false;

  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly config: ApplicationConfig,
    private readonly watch: ApplicationWatch,
  ) {}

  get isMounted(): boolean {
    return this.isOpen;
  }

  /**
   * In tests of Nest, the server comes after the providers.
   *
   * @throws {NestTooOldError}
   */
  mount(gate: WebhookGate, route: WebhookRoute): void {
    const { init$ } = this.adapterHost as Partial<HttpAdapterHost>;
    if (!init$) throw new NestTooOldError();
    init$.subscribe(() => {
      const adapter = this.adapterHost.httpAdapter as HttpServer | null | undefined;
      if (!adapter || this.isOpen) return;
      this.isOpen = true;
      const enter = this.entranceOf(gate);
      if (adapter.getType() === 'fastify') openFastifyDoor(adapter, enter, route);
      else openExpressDoor(adapter, enter, () => route.pathsIn(this.config));
    });
  }

  private entranceOf(gate: WebhookGate): Entrance {
    return async (request, response) => {
      const admitted = gate.admissionOf(request);
      if (admitted) return admitted;
      const admission = await gate.admit(request);
      if (admission instanceof Refusal) {
        answerRefusal(request, response, admission.status);
        return undefined;
      }
      this.watch.follow(admission, response);
      return admission;
    };
  }
}
