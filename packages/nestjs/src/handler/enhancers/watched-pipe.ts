import type { ArgumentMetadata, PipeTransform } from '@nestjs/common';

import { describeThrown } from './thrown-description.js';

/** `pipe`, except that `trouble` hears of it when it throws. */
export function watchedPipe(pipe: PipeTransform, trouble: (what: string) => void): PipeTransform {
  const transform = async (value: unknown, metadata: ArgumentMetadata): Promise<unknown> => {
    try {
      return (await pipe.transform(value, metadata)) as unknown;
    } catch (error) {
      trouble(describeThrown(error));
      throw error;
    }
  };
  return Object.create(pipe, { transform: { value: transform } }) as PipeTransform;
}
