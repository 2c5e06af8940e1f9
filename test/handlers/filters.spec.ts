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

describe('an exception filter', () => {
  it.each<[string, ExceptionFilter['catch'], string, unknown]>([
    ['returns a value', () => 'seen', 'acknowledged', 'seen'],
    ['returns false', () => false, 'acknowledged', false],
    ['returns 0', () => 0, 'acknowledged', 0],
    ['resolves to a value', async () => 'seen', 'acknowledged', 'seen'],
    ['emits a value', () => of('seen'), 'acknowledged', 'seen'],
    ['returns nothing', () => undefined, 'retry', 'boom'],
    ['returns null', () => null, 'retry', 'boom'],
    ['resolves to nothing', async () => undefined, 'retry', 'boom'],
    ['emits nothing', () => EMPTY, 'retry', 'boom'],
    [
      'throws',
      () => {
        throw new FromFilter('from the filter');
      },
      'retry',
      'from the filter',
    ],
    [
      'rejects',
      async () => {
        throw new FromFilter('from the filter');
      },
      'retry',
      'from the filter',
    ],
    [
      'emits an error',
      () => throwError(() => new FromFilter('from the filter')),
      'retry',
      'from the filter',
    ],
  ])('that %s', async (_, catchIt, result, said) => {
    await using app = await HandlerBed.create({ providers: [inbox({ catch: catchIt })] });
    const delivered = await app.deliver(incomingText('hi'));
    expect(delivered.result).toBe(result);
    if (result === 'acknowledged') {
      expect(delivered.results).toEqual([said]);
      expect(app.logs.having('ERROR', '')).toEqual([]);
    } else {
      expect(delivered.errors).toMatchObject([{ message: said }]);
      expect(app.logs.having('ERROR', said as string)).toHaveLength(1);
      expect(app.logs.having('ERROR', '')).toHaveLength(1);
    }
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
    const saying = (what: string | undefined) => ({ catch: () => what });
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
