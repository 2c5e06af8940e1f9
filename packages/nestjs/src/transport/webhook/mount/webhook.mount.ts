import type { HttpServer } from '@nestjs/common';
import type { ApplicationConfig, HttpAdapterHost, ModulesContainer } from '@nestjs/core';

import type { ApplicationWatch } from '../application-watch.js';
import { mountOnExpress } from './express.mount.js';
import { mountOnFastify } from './fastify.mount.js';
import { type Entrance, WebhookEntrance } from '../gate/webhook.entrance.js';
import type { WebhookGate } from '../gate/webhook.gate.js';
import { NestTooOldError } from '../webhook.errors.js';
import type { WebhookRoute } from './webhook.route.js';

/** Mounts the gate before the route, as soon as the HTTP server exists. */
export class WebhookMount {
  private isDone = false;

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
      const entrance = new WebhookEntrance(gate, this.watch);
      const enter: Entrance = (request, response) => entrance.enter(request, response);
      if (adapter.getType() === 'fastify') mountOnFastify(adapter, enter, route);
      else mountOnExpress(adapter, enter, () => route.pathsIn(this.config, this.modules));
    });
  }
}
