import type { DynamicModule, Provider, Type } from '@nestjs/common';

import {
  createWebhookController,
  type WebhookController,
} from '../transport/webhook/webhook.controller.js';

/** The controller class of this registration; a class in an object, since Nest calls bare ones. */
export class WebhookControllerRef {
  constructor(readonly controller: Type<WebhookController>) {}
}

/** Gives a registration a webhook controller of its own, which has no route until it is needed. */
export function withWebhookController(definition: DynamicModule): DynamicModule {
  const controller = createWebhookController();
  const ref: Provider = {
    provide: WebhookControllerRef,
    useValue: new WebhookControllerRef(controller),
  };
  return {
    ...definition,
    controllers: [...(definition.controllers ?? []), controller],
    providers: [...(definition.providers ?? []), ref],
  };
}
