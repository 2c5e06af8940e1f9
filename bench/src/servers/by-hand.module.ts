import {
  Body,
  Controller,
  Headers,
  HttpCode,
  Module,
  Post,
  type Type,
  UnauthorizedException,
} from '@nestjs/common';

import { type OnWebhook, WEBHOOK_PATH, WEBHOOK_TOKEN } from './webhook.server.js';

/** The controller that one writes without a library: token, body, 200. */
export function byHandModule(onWebhook: OnWebhook): Type {
  @Controller()
  class WebhookController {
    @Post(WEBHOOK_PATH)
    @HttpCode(200)
    receive(
      @Headers('authorization') authorization: string | undefined,
      @Body() body: Readonly<Record<string, unknown>>,
    ): void {
      if (authorization !== `Bearer ${WEBHOOK_TOKEN}`) throw new UnauthorizedException();
      if (typeof body['typeWebhook'] === 'string') onWebhook();
    }
  }

  @Module({ controllers: [WebhookController] })
  class App {}

  return App;
}
