import {
  EnhancerNotCreatedError,
  HandlerOnControllerError,
  OnNotification,
  Text,
} from '@green-notifications/nestjs';
import { incomingText } from '@green-notifications/nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import { type CanActivate, Controller, Scope, UseGuards, ValidationPipe } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';

import { HandlerBed } from './support/handler.bed.js';
import { handlersIn, Inbox } from './support/handlers-in.js';

describe('what is refused at the start', () => {
  it('is a handler on a controller', async () => {
    @Controller()
    class Pages {
      @OnNotification('*')
      onAny() {}
    }
    const starting = HandlerBed.create({ controllers: [Pages] });
    await expect(starting).rejects.toThrow(HandlerOnControllerError);
    await expect(starting).rejects.toThrow(/Pages\.onAny .* move the method to a provider/);
  });

  class ClosedGuard implements CanActivate {
    canActivate = () => false;
  }

  class Guarded {
    @OnNotification('*')
    @UseGuards(ClosedGuard)
    onAny() {}
  }

  it.each([
    ['a value', { provide: 'G', useValue: new Guarded() }],
    ['a factory', { provide: 'G', useFactory: () => new Guarded() }],
  ])('is a guard that Nest would not run, on a handler made by %s', async (_, provider) => {
    const starting = HandlerBed.create({ providers: [provider] });
    await expect(starting).rejects.toThrow(EnhancerNotCreatedError);
    await expect(starting).rejects.toThrow(/Guarded\.onAny uses ClosedGuard/);
  });

  it('is no guard that is given as an instance, or whose class is a provider by itself', async () => {
    class Open {
      @OnNotification('*')
      @UseGuards({ canActivate: () => true })
      onAny() {}
    }
    expect(await handlersIn({ providers: [{ provide: 'O', useValue: new Open() }] })).toHaveLength(
      1,
    );

    await using app = await HandlerBed.create({
      providers: [{ provide: 'G', useClass: Guarded }],
    });
    expect(await app.deliver(incomingText('hi'))).toMatchObject({ result: 'retry' });
  });

  it.each([
    ['a value', { provide: 'I', useValue: new Inbox() }],
    ['a value under its class', { provide: Inbox, useValue: new Inbox() }],
    ['a factory', { provide: 'I', useFactory: () => new Inbox() }],
  ])(
    'is a request-scoped global guard that Nest would half build, around %s',
    async (_, provider) => {
      const guard = { provide: APP_GUARD, useClass: ClosedGuard, scope: Scope.REQUEST };
      await expect(HandlerBed.create({ providers: [provider, guard] })).rejects.toThrow(
        /Inbox\.onAny uses ClosedGuard/,
      );
      await using app = await HandlerBed.create(
        { providers: [provider, guard] },
        { globalEnhancers: ['pipes'] },
      );
      expect(await app.deliver(incomingText('hi'))).toMatchObject({ results: ['Inbox'] });
    },
  );

  it('is a pipe of a parameter that Nest would not run', async () => {
    class Checked {
      @OnNotification('*')
      onAny(@Text(ValidationPipe) _text: string) {}
    }
    const starting = HandlerBed.create({ providers: [{ provide: 'C', useValue: new Checked() }] });
    await expect(starting).rejects.toThrow(/Checked\.onAny uses ValidationPipe/);
  });
});
