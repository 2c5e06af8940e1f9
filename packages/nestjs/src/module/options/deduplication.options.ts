import { Transform } from 'class-transformer';
import { IsInt, IsObject, IsOptional, Min } from 'class-validator';

import {
  type DeduplicationStore,
  InMemoryDeduplicationStore,
} from '../../delivery/deduplication/deduplication.store.js';
import { unwrapStore } from './stores.js';

/** How notifications that come a second time are recognised. */
export class DeduplicationOptions {
  /**
   * How many notifications are remembered in memory.
   *
   * @default 100000
   */
  @IsInt()
  @Min(1)
  readonly maxEntries: number = 100_000;

  /** Any Keyv instance, or a store like it, for several processes; in memory without it. */
  @IsOptional()
  @IsObject()
  @Transform(unwrapStore)
  readonly store?: DeduplicationStore;
}

export function deduplicationStoreOf(options: DeduplicationOptions): DeduplicationStore {
  return options.store ?? new InMemoryDeduplicationStore(options.maxEntries);
}
