import { Transform } from 'class-transformer';
import { IsIn, IsNotEmpty, IsOptional, IsString, IsUrl, Matches } from 'class-validator';

import type { TransportName } from '../../instance/instance.js';

/** One GREEN-API account, as the GREEN-API console shows it. */
export class InstanceOptions {
  /** `idInstance` of the console: decimal digits, as a number or as text. */
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
  @IsUrl({ protocols: ['http', 'https'], require_protocol: true, require_tld: false })
  readonly apiUrl: string = 'https://api.green-api.com';

  /**
   * The application's own name for the instance, for logs and filters.
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
   * @default the `transport` of the registration
   */
  @IsOptional()
  @IsIn(['polling', 'webhook'])
  readonly transport?: TransportName;

  /**
   * The secret, or several, that GREEN-API sends with what it posts for this instance.
   *
   * @default `webhook.token`
   */
  @IsOptional()
  @IsString({ each: true })
  @IsNotEmpty({ each: true })
  readonly webhookToken?: string | readonly string[];
}
