import { Transform } from 'class-transformer';
import { IsNotEmpty, IsObject, IsOptional, IsString, ValidateIf } from 'class-validator';

import type { DeadLetterStore } from '../../delivery/dead-letter/dead-letter.store.js';
import { unwrapStore } from './stores.js';

/** Where dead letters go: one of the two. */
export class DeadLetterOptions {
  /** A file, for one process at a time; see `FileDeadLetterStore`. */
  @ValidateIf(({ store }: DeadLetterOptions) => store === undefined)
  @IsString({ message: 'give either a $property or a store' })
  @IsNotEmpty()
  readonly file?: string;

  /** A store of your own. */
  @IsOptional()
  @IsObject()
  @Transform(unwrapStore)
  readonly store?: DeadLetterStore;
}
