import { IsNotEmpty, IsString, validateSync } from 'class-validator';

import type { Notification } from '../../notification/notification.js';

/** What makes a JSON object a notification. Nothing more: GREEN-API adds kinds and fields at any time. */
class WebhookEnvelope {
  @IsString()
  @IsNotEmpty()
  readonly typeWebhook: unknown;

  constructor({ typeWebhook }: Readonly<Record<string, unknown>>) {
    this.typeWebhook = typeWebhook;
  }
}

export function isNotificationObject(
  body: Readonly<Record<string, unknown>>,
): body is Readonly<Record<string, unknown>> & Notification {
  return validateSync(new WebhookEnvelope(body)).length === 0;
}
