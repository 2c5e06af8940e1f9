import {
  EnhancerNotCreatedError,
  type HandlerOptions,
  HandlerOnControllerError,
  InvalidHandlerOptionError,
  NotAHandlerMethodError,
  OnNotification,
  Text,
  UnknownFilterKeyError,
} from '@green-notifications/nestjs';
import { incomingText, unknownNotification } from '@green-notifications/nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import {
  type CanActivate,
  Controller,
  Injectable,
  Module,
  Scope,
  type Type,
  UseGuards,
  ValidationPipe,
} from '@nestjs/common';

import { APP_GUARD } from '@nestjs/core';
import { HandlerBed } from './support/handler.bed.js';

@Injectable()
class Inbox {
  @OnNotification('*')
  onAny() {
    return this.constructor.name;
  }
}

async function handlersIn(metadata: Parameters<typeof HandlerBed.create>[0]) {
  await using app = await HandlerBed.create(metadata);
  return (await app.deliver(incomingText('hi'))).handlers;
}

function moduleOf(Handler: Type): Type {
  @Module({ providers: [Handler] })
  class Feature {}
  return Feature;
}

function twin(): Type {
  @Injectable()
  class Twin {
    @OnNotification('*')
    onAny(@Text() text: string) {
      return text;
    }
  }
  return Twin;
}

function otherTwin(): Type {
  @Injectable()
  class Twin {
    @OnNotification('*')
    onAny(notification: { typeWebhook: string }) {
      return notification.typeWebhook;
    }
  }
  return Twin;
}

describe('discovery', () => {
  it('runs one handler once, under whatever other tokens its instance is known', async () => {
    const handlers = await handlersIn({
      providers: [
        { provide: 'FACTORY', useFactory: (inbox: Inbox) => inbox, inject: [Inbox] },
        { provide: 'ALIAS', useExisting: Inbox },
        Inbox,
      ],
    });
    expect(handlers).toEqual(['Inbox.onAny']);
  });

  it('runs handlers of values, of factories and of classes under a token', async () => {
    class A extends Inbox {}
    class B extends Inbox {}
    class C extends Inbox {}
    const handlers = await handlersIn({
      providers: [
        { provide: 'VALUE', useValue: new A() },
        { provide: 'FACTORY', useFactory: () => new B() },
        { provide: 'CLASS', useClass: C },
      ],
    });
    expect(handlers.toSorted()).toEqual(['A.onAny', 'B.onAny', 'C.onAny']);
  });

  it('runs both of two classes of one name, each with its own parameters', async () => {
    await using app = await HandlerBed.create({
      imports: [moduleOf(twin()), moduleOf(otherTwin())],
    });
    const { handlers, results } = await app.deliver(incomingText('hi'));
    expect(results).toEqual(['hi', 'incomingMessageReceived']);
    expect(handlers).toEqual(['Twin.onAny', 'Twin.onAny (2)']);
  });

  it('runs the handlers of a class that two modules provide, once for each instance', async () => {
    @Module({ providers: [Inbox] })
    class One {}
    @Module({ providers: [Inbox] })
    class Two {}
    expect(await handlersIn({ imports: [One, Two] })).toEqual(['Inbox.onAny', 'Inbox.onAny (2)']);
  });

  it('runs an inherited handler, and not one that is overridden without the decorator', async () => {
    @Injectable()
    class Heir extends Inbox {}
    @Injectable()
    class Rebel extends Inbox {
      override onAny() {
        return 'not asked for';
      }
    }
    expect(await handlersIn({ providers: [Heir, Rebel] })).toEqual(['Heir.onAny']);
  });

  it('runs a method once, however many of its decorators match, and several methods for one kind', async () => {
    @Injectable()
    class Several {
      @OnNotification('incomingMessageReceived', { text: 'hi' })
      @OnNotification('*')
      onText() {}

      @OnNotification(['incomingMessageReceived', 'outgoingMessageReceived'])
      onMessage() {}

      @OnNotification('outgoingMessageReceived')
      @OnNotification('incomingCall')
      onOther() {}
    }
    expect(await handlersIn({ providers: [Several] })).toEqual([
      'Several.onText',
      'Several.onMessage',
    ]);
  });

  it('has kinds that this version does not know handled by "unknown", by name and by "*"', async () => {
    @Injectable()
    class Future {
      @OnNotification('unknown')
      onUnknown() {}

      @OnNotification('storyViewed')
      onStory() {}

      @OnNotification('*')
      onAny() {}

      @OnNotification('incomingMessageReceived')
      onMessage() {}
    }
    await using app = await HandlerBed.create({ providers: [Future] });
    const { handlers } = await app.deliver(unknownNotification('storyViewed'));
    expect(handlers).toEqual(['Future.onUnknown', 'Future.onStory', 'Future.onAny']);
    expect((await app.deliver(incomingText('hi'))).handlers).toEqual([
      'Future.onAny',
      'Future.onMessage',
    ]);
  });

  it('says at the start which handlers there are, or that there is none', async () => {
    await using some = await HandlerBed.create({ providers: [Inbox] });
    expect(some.logs.having('LOG', 'Mapped {*} to Inbox.onAny')).toHaveLength(1);
    await using none = await HandlerBed.create({});
    expect(none.logs.having('ERROR', 'there is no notification handler')).toHaveLength(1);
  });
});

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

function decorateWithTypo() {
  class Mistaken {
    // @ts-expect-error the condition is called "text"
    @OnNotification('*', { txet: 'hi' })
    onAny() {}
  }
  return Mistaken;
}

function decorateStatic() {
  class Mistaken {
    readonly instances = [];

    @OnNotification('*')
    static onAny() {}
  }
  return Mistaken;
}

function decorateSymbol() {
  const name = Symbol('onAny');
  class Mistaken {
    // @ts-expect-error a handler is found by its name
    @OnNotification('*')
    [name]() {}
  }
  return Mistaken;
}

function decorateProperty() {
  class Mistaken {
    // @ts-expect-error a property has no method before there is an instance
    @OnNotification('*')
    onAny = () => undefined;
  }
  return Mistaken;
}

describe('what is refused where it stands', () => {
  it('is a condition that does not exist', () => {
    expect(decorateWithTypo).toThrow(UnknownFilterKeyError);
    expect(decorateWithTypo).toThrow(
      /Mistaken\.onAny filters by "txet".* use one of typeMessage, status/,
    );
  });

  it.each<[HandlerOptions & { atempts?: number }, RegExp]>([
    [{ attempts: 0 }, /"attempts" .* Mistaken\.onAny must be a whole number from 1/],
    [{ timeoutMs: -1 }, /"timeoutMs" .* above 0/],
    [{ atempts: 3 }, /"atempts" .* does not exist; there are attempts and timeoutMs/],
  ])('is an option like %j', (options, message) => {
    const decorate = () => {
      class Mistaken {
        @OnNotification('*', {}, options)
        onAny() {}
      }
      return Mistaken;
    };
    expect(decorate).toThrow(InvalidHandlerOptionError);
    expect(decorate).toThrow(message);
  });

  it('is anything that nobody would call: a static method, a symbol, a property', () => {
    for (const decorate of [decorateStatic, decorateSymbol, decorateProperty]) {
      expect(decorate).toThrow(NotAHandlerMethodError);
    }
    expect(decorateStatic).toThrow(/Mistaken\.onAny stands on a static method/);
  });
});
