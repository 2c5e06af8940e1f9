import { Transform } from 'class-transformer';
import { IsInt, IsObject, IsOptional, Min } from 'class-validator';

import {
  type DeduplicationStore,
  InMemoryDeduplicationStore,
} from '../../delivery/deduplication/deduplication.store.js';
import { unwrapStore } from './stores.js';

/** How the module recognises notifications that it has already handled. */
export class DeduplicationOptions {
  /**
   * How many notifications the module remembers in memory, at least 1. Ignored if `store` is set.
   *
   * @default 100000
   */
  @IsInt()
  @Min(1)
  readonly maxEntries: number = 100_000;

  /** A Keyv instance or a similar store, shared by several processes. @default in memory */
  @IsOptional()
  @IsObject()
  @Transform(unwrapStore)
  readonly store?: DeduplicationStore;
}

export function deduplicationStoreOf(options: DeduplicationOptions): DeduplicationStore {
  return options.store ?? new InMemoryDeduplicationStore(options.maxEntries);
}
