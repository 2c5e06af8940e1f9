import { IsNotEmpty, IsOptional, IsString, Matches, validateSync } from 'class-validator';

import { idAt } from '../../notification/common/untrusted-json.reader.js';

/**
 * What makes a JSON object a notification, and whose. Nothing more: GREEN-API adds kinds and fields
 * at any time.
 */
export class WebhookEnvelope {
  @IsString()
  @IsNotEmpty()
  readonly typeWebhook: unknown;

  @IsOptional()
  @Matches(/^\d+$/)
  readonly idInstance: string | undefined;

  private constructor(body: Readonly<Record<string, unknown>>) {
    this.typeWebhook = body['typeWebhook'];
    this.idInstance = idAt(body, 'instanceData', 'idInstance');
  }

  /** Undefined if the object is no notification. */
  static of(body: Readonly<Record<string, unknown>>): WebhookEnvelope | undefined {
    const envelope = new WebhookEnvelope(body);
    return validateSync(envelope).length === 0 ? envelope : undefined;
  }
}
