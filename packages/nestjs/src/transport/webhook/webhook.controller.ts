import { Controller, Inject, Req, Res, type Type } from '@nestjs/common';

import { WebhookEndpoint } from './webhook.endpoint.js';

export interface WebhookController {
  receive(request: unknown, response: unknown): Promise<void>;
}

/**
 * Makes the controller class of one registration of the module. It has no path and no route until
 * {@link mapRoute} gives it one, because with asynchronous options the path is known later than
 * the class.
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
