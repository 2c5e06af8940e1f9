import { NotificationContext, NotificationExecutionContext } from '@green-notifications/nestjs';
import { incomingText } from '@green-notifications/nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import {
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  Scope,
  UseGuards,
} from '@nestjs/common';
import { REQUEST } from '@nestjs/core';
import { of } from 'rxjs';

import { Diary, handlerIn } from '../support/enhanced-inbox.js';
import { HandlerBed } from '../support/handler.bed.js';

describe('a guard', () => {
  it.each([
    ['returns false', () => false],
    ['resolves to false', async () => false],
    ['emits false', () => of(false)],
    [
      'throws',
      () => {
        throw new Error('who are you?');
      },
    ],
  ])('that %s keeps the notification', async (_, canActivate) => {
    const Inbox = handlerIn(Scope.DEFAULT, [UseGuards({ canActivate })]);
    await using app = await HandlerBed.create({ providers: [Inbox, Diary] });
    const { result, errors } = await app.deliver(incomingText('hi'));
    expect([result, errors.length]).toEqual(['retry', 1]);
    expect(app.logs.having('ERROR', 'Inbox.onText')).toHaveLength(1);
    expect(app.logs.having('ERROR', '')).toHaveLength(1);
  });

  it('that is request-scoped can inject the context of the run', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class SameChatGuard implements CanActivate {
      constructor(@Inject(REQUEST) private readonly context: NotificationContext) {}
      canActivate(context: ExecutionContext): boolean {
        return this.context === NotificationExecutionContext.create(context).getContext();
      }
    }
    const Inbox = handlerIn(Scope.DEFAULT, [UseGuards(SameChatGuard)]);
    await using app = await HandlerBed.create({ providers: [Inbox, Diary] });
    expect(await app.deliver(incomingText('hi'))).toMatchObject({ results: ['handled'] });
  });
});
