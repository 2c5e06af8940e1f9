import { OnNotification, Text } from '@green-notifications/nestjs';
import { incomingText, unknownNotification } from '@green-notifications/nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import { Injectable, Module, type Type } from '@nestjs/common';

import { HandlerBed } from './support/handler.bed.js';
import { handlersIn, Inbox } from './support/handlers-in.js';

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

  it('logs at the start which handlers there are, or that there is none', async () => {
    await using some = await HandlerBed.create({ providers: [Inbox] });
    expect(some.logs.having('LOG', 'Mapped {*} to Inbox.onAny')).toHaveLength(1);
    await using none = await HandlerBed.create({});
    expect(none.logs.having('ERROR', 'there is no notification handler')).toHaveLength(1);
  });
});
