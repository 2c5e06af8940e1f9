import type { DynamicModule, Provider, Type } from '@nestjs/common';

import {
  createWebhookController,
  type WebhookController,
} from '../transport/webhook/webhook.controller.js';

/** Makes the controller class of this registration injectable. */
export class WebhookControllerRef {
  constructor(readonly controller: Type<WebhookController>) {}
}

/** Adds a webhook controller to a registration. It has no route until one is needed. */
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
