import type { ExternalExceptionsHandler } from '@nestjs/core/exceptions/external-exceptions-handler.js';
import { isObservable, lastValueFrom } from 'rxjs';

import { SafeLogger } from '../../common/safe.logger.js';
import type { NotificationExecutionContext } from '../notification-execution.context.js';
import { FILTER_BROKE } from './watched.enhancers.js';

/**
 * Gives an error to the filters of a handler.
 *
 * Nest's own stage would take the promise of an async filter for a value, and so for an error that
 * is dealt with, and would log what the dispatcher logs again.
 */
export class FilterStage {
  private readonly logger = new SafeLogger('GreenNotifications');

  constructor(private readonly handler: string) {}

  /**
   * Resolves to what a filter makes of `thrown`.
   *
   * @throws `thrown`, unless a filter returns, or resolves to, something; or what the filter threw
   * instead
   */
  async run(
    filters: ExternalExceptionsHandler,
    thrown: unknown,
    context: NotificationExecutionContext,
  ): Promise<unknown> {
    const result = await this.resultOf(filters, thrown, context);
    if (result === undefined || result === null) throw thrown;
    return result;
  }

  private async resultOf(
    filters: ExternalExceptionsHandler,
    thrown: unknown,
    context: NotificationExecutionContext,
  ): Promise<unknown> {
    try {
      const result: unknown = await filters.invokeCustomFilters(thrown, context);
      return isObservable(result)
        ? await lastValueFrom(result, { defaultValue: undefined })
        : result;
    } catch (error) {
      // A filter that answers an HTTP response which is not there must not hide what it was given.
      if (!(error instanceof TypeError) || error === thrown) throw error;
      const { client } = context.getContext();
      this.logger.error(
        client.redact(FILTER_BROKE(this.handler, error)),
        client.redact(error.stack ?? ''),
      );
      return undefined;
    }
  }
}
