import { Controller, Inject, Req, Res, type Type } from '@nestjs/common';

import { WebhookEndpoint } from './webhook.endpoint.js';

export interface WebhookController {
  receive(request: unknown, response: unknown): Promise<void>;
}

/**
 * Creates the controller class of one registration of the module. It has no route at first. With
 * asynchronous options the path is known later than the class, so `WebhookRoute.map` adds the
 * route.
 */
export function createWebhookController(): Type<WebhookController> {
  @Controller([])
  class GreenApiWebhookController implements WebhookController {
    constructor(@Inject(WebhookEndpoint) private readonly endpoint: WebhookEndpoint) {}

    receive(@Req() request: unknown, @Res() response: unknown): Promise<void> {
      return this.endpoint.receive(request, response);
    }
  }
  return GreenApiWebhookController;
}
