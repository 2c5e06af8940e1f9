import type { Clock } from '../clock/clock.js';
import type { UndocumentedOptions } from '../options/undocumented.options.js';
import type { Answer } from './answer.js';
import { jsonAnswer } from './json.answer.js';

export interface ErrorContext {
  /** The request's path as it came, token included: GREEN-API echoes it. */
  readonly path: string;
  readonly clock: Clock;
  readonly options: Pick<UndocumentedOptions, 'errorBody'>;
}

export type ErrorShape = 'status-code' | 'code';

/** An error with a body, in the published shape or in the one that the options ask for. */
export function errorAnswer(
  { path, clock, options }: ErrorContext,
  status: number,
  message: string,
  publishedShape: ErrorShape = 'status-code',
): Answer {
  const shape = options.errorBody === 'published' ? publishedShape : options.errorBody;
  if (shape === 'code')
    return jsonAnswer({ code: 'INVALID_PARAM', message, status: 'error' }, status);
  const timestamp = new Date(clock.now()).toISOString();
  return jsonAnswer({ statusCode: status, timestamp, path, message }, status);
}
