import { Transform } from 'class-transformer';
import { IsIn, IsNotEmpty, IsOptional, IsString, Matches } from 'class-validator';

import type { TransportName } from '../../instance/instance.js';
import { IsApiUrl } from './custom.validators.js';
import { MaskedOptions } from './masked.options.js';

/** The options of one GREEN-API account. The GREEN-API console shows the values. */
export class InstanceOptions extends MaskedOptions {
  /** `idInstance` of the console: decimal digits, as a number or a string. */
  @Transform(({ value }) => (typeof value === 'number' ? String(value) : (value as unknown)))
  @Matches(/^\d+$/, { message: '$property must consist of digits' })
  readonly idInstance!: number | string;

  /** `apiTokenInstance` of the console. */
  @IsString()
  @IsNotEmpty()
  readonly apiTokenInstance!: string;

  /**
   * `apiUrl` of the console.
   *
   * @default 'https://api.green-api.com'
   */
  @IsApiUrl()
  readonly apiUrl: string = 'https://api.green-api.com';

  /**
   * `mediaUrl` of the console, where files are uploaded.
   *
   * @default the media host that belongs to `apiUrl`; `apiUrl` itself if that is no host of GREEN-API
   */
  @IsOptional()
  @IsApiUrl()
  readonly mediaUrl?: string;

  /**
   * Your own name for the instance, for logs and filters.
   *
   * @default idInstance
   */
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  readonly name?: string;

  /**
   * How the notifications of this instance arrive.
   *
   * @default the `transport` of the module
   */
  @IsOptional()
  @IsIn(['polling', 'webhook'])
  readonly transport?: TransportName;

  /**
   * The secret, or several, that GREEN-API sends with each webhook of this instance:
   * `webhookUrlToken` of its settings. It replaces `webhook.token`.
   *
   * @default `webhook.token`
   */
  @IsOptional()
  @IsString({ each: true })
  @IsNotEmpty({ each: true })
  readonly webhookToken?: string | readonly string[];
}
