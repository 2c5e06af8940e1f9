import type { HttpServer } from '@nestjs/common';
import type { ApplicationConfig, HttpAdapterHost } from '@nestjs/core';

import { openExpressDoor } from './express.door.js';
import { openFastifyDoor } from './fastify.door.js';
import type { WebhookGate } from './webhook.gate.js';
import type { WebhookRoute } from './webhook.route.js';

/** Puts the gate in front of the route, as soon as there is a server. */
export class WebhookDoor {
  private isOpen = false;

  constructor(
    private readonly adapterHost: HttpAdapterHost,
    private readonly config: ApplicationConfig,
  ) {}

  get isMounted(): boolean {
    return this.isOpen;
  }

  /** In tests of Nest, the server comes after the providers. */
  mount(gate: WebhookGate, route: WebhookRoute): void {
    this.adapterHost.init$.subscribe(() => {
      const adapter = this.adapterHost.httpAdapter as HttpServer | null | undefined;
      if (!adapter || this.isOpen) return;
      this.isOpen = true;
      if (adapter.getType() === 'fastify') {
        openFastifyDoor(adapter.getInstance(), gate, route);
      } else openExpressDoor(adapter, gate, () => route.pathsIn(this.config));
    });
  }
}
