import { Ctx, NotificationContext, OnNotification } from '@green-notifications/nestjs';
import { incomingText } from '@green-notifications/nestjs/testing';
import { afterEach, describe, expect, it } from '@jest/globals';
import { Inject, Injectable, Module, Scope } from '@nestjs/common';
import {
  type ContextId,
  ContextIdFactory,
  type ContextIdStrategy,
  type HostComponentInfo,
  ModuleRef,
  REQUEST,
} from '@nestjs/core';

import { HandlerBed } from './support/handler.bed.js';

@Injectable({ scope: Scope.REQUEST })
class Session {
  private static made = 0;
  readonly number = (Session.made += 1);

  constructor(@Inject(REQUEST) readonly context: NotificationContext) {}
}

@Injectable()
class Part {
  constructor(readonly session: Session) {}
}

function inboxNamed(module: string) {
  @Injectable({ scope: Scope.REQUEST })
  class Inbox {
    constructor(@Inject('NAME') private readonly name: string) {}

    @OnNotification('*')
    onAny() {
      return this.name;
    }
  }
  @Module({
    providers: [
      { provide: 'INBOX', useClass: Inbox, scope: Scope.REQUEST },
      { provide: 'NAME', useValue: module },
    ],
  })
  class Feature {}
  return Feature;
}

describe('the scope of a handler', () => {
  it('is a new instance for each notification if it is request-scoped, with one session for all of it', async () => {
    @Injectable({ scope: Scope.REQUEST })
    class Inbox {
      constructor(
        private readonly session: Session,
        private readonly part: Part,
        private readonly moduleRef: ModuleRef,
      ) {}

      @OnNotification('*')
      async onAny(_message: unknown, @Ctx() context: NotificationContext) {
        const id = ContextIdFactory.getByRequest(context);
        const resolved = await this.moduleRef.resolve(Session, id);
        return {
          number: this.session.number,
          isShared: this.part.session === this.session && resolved === this.session,
          isOurs: this.session.context === context,
        };
      }
    }
    await using app = await HandlerBed.create({ providers: [Inbox, Session, Part] });
    const first = await app.deliver(incomingText('1'));
    const second = await app.deliver(incomingText('2'));
    const number = (first.results[0] as { number: number }).number;
    expect([first.errors, second.errors]).toEqual([[], []]);
    expect(first.results).toEqual([{ number, isShared: true, isOurs: true }]);
    expect(second.results).toEqual([{ number: number + 1, isShared: true, isOurs: true }]);
  });

  it('follows what it depends on', async () => {
    @Injectable()
    class Inbox {
      constructor(private readonly session: Session) {}

      @OnNotification('*')
      onAny(_message: unknown, @Ctx() context: NotificationContext) {
        return this.session.context === context;
      }
    }
    await using app = await HandlerBed.create({ providers: [Inbox, Session] });
    expect(await app.deliver(incomingText('1'))).toMatchObject({ results: [true] });
    expect(await app.deliver(incomingText('2'))).toMatchObject({ results: [true] });
  });

  it('gives each attempt and each handler of one notification a session of its own', async () => {
    const numbers: number[] = [];
    @Injectable({ scope: Scope.REQUEST })
    class Inbox {
      constructor(private readonly session: Session) {}

      @OnNotification('*')
      onAny(_message: unknown, { attempt }: NotificationContext) {
        numbers.push(this.session.number);
        if (attempt === 1) throw new Error('not yet');
      }

      @OnNotification('*')
      onAnyToo() {
        numbers.push(this.session.number);
      }
    }
    await using app = await HandlerBed.create(
      { providers: [Inbox, Session] },
      { retry: { backoff: { initialMs: 1 } } },
    );
    const message = incomingText('1');
    await app.deliver(message);
    await app.deliver(message);
    expect(numbers).toHaveLength(3);
    expect(new Set(numbers).size).toBe(3);
  });

  it('is a new instance for each notification if it is transient', async () => {
    let made = 0;
    @Injectable({ scope: Scope.TRANSIENT })
    class Inbox {
      readonly number = (made += 1);

      @OnNotification('*')
      onAny() {
        return this.number;
      }
    }
    await using app = await HandlerBed.create({ providers: [Inbox] });
    expect(await app.deliver(incomingText('1'))).toMatchObject({ results: [1] });
    expect(await app.deliver(incomingText('2'))).toMatchObject({ results: [2] });
  });

  it('resolves the provider of its own module, where two modules have one of the same token', async () => {
    await using app = await HandlerBed.create({ imports: [inboxNamed('one'), inboxNamed('two')] });
    expect(await app.deliver(incomingText('1'))).toMatchObject({ results: ['one', 'two'] });
  });

  it('can be a request-scoped factory that is provided under its class', async () => {
    class Inbox {
      constructor(private readonly session: Session) {}

      @OnNotification('*')
      onAny(_message: unknown, context: NotificationContext) {
        return this.session.context === context;
      }
    }
    await using app = await HandlerBed.create({
      providers: [
        Session,
        {
          provide: Inbox,
          scope: Scope.REQUEST,
          useFactory: (session: Session) => new Inbox(session),
          inject: [Session],
        },
      ],
    });
    expect(await app.deliver(incomingText('1'))).toMatchObject({ results: [true] });
  });
});

describe('a durable handler', () => {
  const standard = Reflect.get(ContextIdFactory, 'strategy') as ContextIdStrategy;

  /** One tree for each chat: the first letters of the text stand for it. */
  class ByChat implements ContextIdStrategy<NotificationContext> {
    private readonly trees = new Map<string, ContextId>();

    constructor(private readonly payloadOf: (chat: string) => unknown) {}

    attach(contextId: ContextId, { notification }: NotificationContext) {
      const chat = (notification as { senderData: { chatId: string } }).senderData.chatId;
      const tree = this.trees.get(chat) ?? ContextIdFactory.create();
      this.trees.set(chat, tree);
      const resolve = (info: HostComponentInfo) => (info.isTreeDurable ? tree : contextId);
      return { resolve, payload: this.payloadOf(chat) as object };
    }
  }

  afterEach(() => ContextIdFactory.apply(standard));

  @Injectable({ scope: Scope.REQUEST, durable: true })
  class Inbox {
    private handled = 0;

    constructor(@Inject(REQUEST) private readonly payload: unknown) {}

    @OnNotification('*')
    onAny() {
      this.handled += 1;
      return { payload: this.payload, handled: this.handled };
    }
  }

  it('lives as long as the strategy says, and injects as REQUEST what the strategy says', async () => {
    ContextIdFactory.apply(new ByChat((chat) => ({ chat })));
    await using app = await HandlerBed.create({ providers: [Inbox] });
    const deliver = async (chatId: string) =>
      (await app.deliver(incomingText('hi', { chatId }))).results[0];
    expect(await deliver('1@c.us')).toEqual({ payload: { chat: '1@c.us' }, handled: 1 });
    expect(await deliver('2@c.us')).toEqual({ payload: { chat: '2@c.us' }, handled: 1 });
    expect(await deliver('1@c.us')).toEqual({ payload: { chat: '1@c.us' }, handled: 2 });
  });

  it('never keeps the context of one notification for the next', async () => {
    ContextIdFactory.apply(new ByChat(() => undefined));
    await using app = await HandlerBed.create({ providers: [Inbox] });
    expect(await app.deliver(incomingText('hi'))).toMatchObject({
      results: [{ payload: undefined, handled: 1 }],
    });
  });

  it('is an ordinary request-scoped handler without a strategy', async () => {
    await using app = await HandlerBed.create({ providers: [Inbox] });
    await app.deliver(incomingText('1'));
    const { results } = await app.deliver(incomingText('2'));
    expect(results).toEqual([{ payload: expect.any(NotificationContext), handled: 1 }]);
  });
});
