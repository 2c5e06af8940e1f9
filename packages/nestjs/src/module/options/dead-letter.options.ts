import { Transform } from 'class-transformer';
import { IsNotEmpty, IsObject, IsOptional, IsString, ValidateIf } from 'class-validator';

import type { DeadLetterStore } from '../../delivery/dead-letter/dead-letter.store.js';
import { unwrapStore } from './stores.js';

/** Where dead letters are stored: in a file, or in a store of your own. */
export class DeadLetterOptions {
  /**
   * The path of a file. A relative path starts at the working directory of the process. Only one
   * process at a time can use the file; see `FileDeadLetterStore`.
   */
  @ValidateIf(({ store }: DeadLetterOptions) => store === undefined)
  @IsString({ message: 'set either $property or store' })
  @IsNotEmpty()
  readonly file?: string;

  /** A store of your own. If it is set, `file` is ignored. */
  @IsOptional()
  @IsObject()
  @Transform(unwrapStore)
  readonly store?: DeadLetterStore;
}
