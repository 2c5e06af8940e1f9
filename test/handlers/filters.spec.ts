import { OnNotification } from '@green-notifications/nestjs';
import { incomingText } from '@green-notifications/nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import {
  type ArgumentsHost,
  BadRequestException,
  Catch,
  type ExceptionFilter,
  Injectable,
  NotFoundException,
  UseFilters,
} from '@nestjs/common';
import { APP_FILTER, BaseExceptionFilter } from '@nestjs/core';
import { EMPTY, of, throwError } from 'rxjs';

import { HandlerBed } from './support/handler.bed.js';

function inbox(filter: ExceptionFilter, thrown: unknown = new Error('boom')) {
  @Injectable()
  class Inbox {
    @OnNotification('*')
    @UseFilters(filter)
    onAny() {
      throw thrown;
    }
  }
  return Inbox;
}

class FromFilter extends Error {}

function saying(what: string): ExceptionFilter {
  return { catch: () => what };
}

describe('an exception filter', () => {
  it.each<[string, ExceptionFilter['catch'], unknown]>([
    ['returns a value', () => 'seen', 'seen'],
    ['returns false', () => false, false],
    ['returns 0', () => 0, 0],
    ['resolves to a value', async () => 'seen', 'seen'],
    ['emits a value', () => of('seen'), 'seen'],
  ])('that %s has handled the error', async (_, catchIt, result) => {
    await using app = await HandlerBed.create({ providers: [inbox({ catch: catchIt })] });
    expect(await app.deliver(incomingText('hi'))).toMatchObject({
      result: 'acknowledged',
      results: [result],
    });
    expect(app.logs.having('ERROR', '')).toEqual([]);
  });

  it.each<[string, ExceptionFilter['catch'], string]>([
    ['returns nothing', () => undefined, 'boom'],
    ['returns null', () => null, 'boom'],
    ['resolves to nothing', async () => undefined, 'boom'],
    ['emits nothing', () => EMPTY, 'boom'],
    [
      'throws',
      () => {
        throw new FromFilter('from the filter');
      },
      'from the filter',
    ],
    [
      'rejects',
      async () => {
        throw new FromFilter('from the filter');
      },
      'from the filter',
    ],
    [
      'emits an error',
      () => throwError(() => new FromFilter('from the filter')),
      'from the filter',
    ],
  ])('that %s has not, and the logs say why, once', async (_, catchIt, message) => {
    await using app = await HandlerBed.create({ providers: [inbox({ catch: catchIt })] });
    expect(await app.deliver(incomingText('hi'))).toMatchObject({
      result: 'retry',
      errors: [{ message }],
    });
    expect(app.logs.having('ERROR', message)).toHaveLength(1);
    expect(app.logs.having('ERROR', '')).toHaveLength(1);
  });

  it.each([new NotFoundException('no such order'), new BadRequestException('no such order')])(
    'that is not there leaves an HttpException visible in the logs, once',
    async (thrown) => {
      @Injectable()
      class Inbox {
        @OnNotification('*')
        onAny() {
          throw thrown;
        }
      }
      await using app = await HandlerBed.create({ providers: [Inbox] });
      expect(await app.deliver(incomingText('hi'))).toMatchObject({ errors: [thrown] });
      expect(app.logs.having('ERROR', 'no such order')).toHaveLength(1);
      expect(app.logs.having('ERROR', '')).toHaveLength(1);
    },
  );

  it('is asked only for what it catches', async () => {
    @Catch(NotFoundException)
    class OnlyNotFound implements ExceptionFilter {
      catch() {
        return 'seen';
      }
    }
    await using app = await HandlerBed.create({
      providers: [inbox(new OnlyNotFound(), new BadRequestException())],
    });
    expect(await app.deliver(incomingText('hi'))).toMatchObject({ result: 'retry' });
  });

  it('of the method comes before one of the class, and that before a global one', async () => {
    @Injectable()
    @UseFilters(saying('class'))
    class Inbox {
      @OnNotification('incomingMessageReceived', { text: 'method' })
      @UseFilters(saying('method'))
      onMethod() {
        throw new Error('boom');
      }

      @OnNotification('incomingMessageReceived', { text: 'class' })
      onClass() {
        throw new Error('boom');
      }
    }
    await using app = await HandlerBed.create({ providers: [Inbox] }, {}, (nest) =>
      nest.useGlobalFilters(saying('global')),
    );
    expect(await app.deliver(incomingText('method'))).toMatchObject({ results: ['method'] });
    expect(await app.deliver(incomingText('class'))).toMatchObject({ results: ['class'] });
  });

  it('written for HTTP does not hide the error that it breaks at', async () => {
    @Catch()
    class HttpFilter implements ExceptionFilter {
      catch(error: Error, host: ArgumentsHost) {
        host
          .switchToHttp()
          .getResponse<{ status(code: number): { json(body: unknown): void } }>()
          .status(500)
          .json({ error: error.message });
      }
    }
    await using app = await HandlerBed.create({ providers: [inbox(new HttpFilter())] });
    const { errors } = await app.deliver(incomingText('hi'));
    expect(errors).toMatchObject([{ message: 'boom' }]);
    expect(app.logs.having('ERROR', 'status is not a function')).toHaveLength(1);
    expect(app.logs.having('ERROR', 'isNotification(host)')).toHaveLength(1);
    expect(app.logs.having('ERROR', 'boom')).toHaveLength(1);
  });

  it("built on Nest's own for HTTP does not hide it either", async () => {
    @Catch()
    class EverythingFilter extends BaseExceptionFilter {
      override catch(error: unknown, host: ArgumentsHost) {
        // oxlint-disable-next-line promise/valid-params, promise/no-promise-in-callback -- it is no promise
        super.catch(error, host);
      }
    }
    @Injectable()
    class Inbox {
      @OnNotification('*')
      onAny() {
        throw new Error('boom');
      }
    }
    await using app = await HandlerBed.create({
      providers: [Inbox, { provide: APP_FILTER, useClass: EverythingFilter }],
    });
    expect(await app.deliver(incomingText('hi'))).toMatchObject({ errors: [{ message: 'boom' }] });
  });
});
