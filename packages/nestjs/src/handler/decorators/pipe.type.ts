import type { PipeTransform, Type } from '@nestjs/common';

/** What may be given to a parameter's decorator to change or check its value. */
export type Pipe = Type<PipeTransform> | PipeTransform;
