import type { ExternalExceptionsHandler } from '@nestjs/core/exceptions/external-exceptions-handler.js';
import { isObservable, lastValueFrom } from 'rxjs';

import { SafeLogger } from '../../common/safe.logger.js';
import type { NotificationExecutionContext } from '../invocation/notification-execution.context.js';
import { FILTER_BROKE } from './watched.enhancers.js';

/**
 * Runs the exception filters of a handler.
 *
 * Nest's own filter stage does not fit: it takes the promise of an async filter as a result, so it
 * counts the error as handled. It also logs errors that the dispatcher logs too.
 */
export class FilterStage {
  private readonly logger = new SafeLogger('GreenNotifications');

  constructor(private readonly handler: string) {}

  /**
   * Resolves to the value that a filter returns for `thrown`. Otherwise rejects:
   *
   * - no filter matches, or the filter gives null or undefined: rejects with `thrown`
   * - the filter throws: rejects with its error
   * - the filter throws a `TypeError`: logs it and rejects with `thrown`
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
      // An HTTP filter fails with a TypeError, as there is no response. Do not lose the first
      // error.
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
