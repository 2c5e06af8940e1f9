import {
  type DeadLetter,
  DeadLetterListenerRefusedError,
  type GreenNotificationsModuleOptions,
  NotAHandlerMethodError,
  OnDeadLetter,
  OnNotification,
  Reject,
} from '@green-notifications/nestjs';
import { incomingText, InMemoryDeadLetterStore } from '@green-notifications/nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import {
  type CanActivate,
  Controller,
  Inject,
  Injectable,
  type Provider,
  Scope,
  UseGuards,
} from '@nestjs/common';
import { APP_GUARD, REQUEST } from '@nestjs/core';

import { HandlerBed } from './support/handler.bed.js';

@Injectable()
class Inbox {
  @OnNotification('incomingMessageReceived')
  onText() {
    throw new Reject('cannot read it');
  }
}

@Injectable()
class Alerts {
  readonly told: DeadLetter[] = [];

  @OnDeadLetter()
  onLetter(letter: DeadLetter) {
    this.told.push(letter);
  }
}

const stored = (): Partial<GreenNotificationsModuleOptions> => ({
  deadLetters: { store: new InMemoryDeadLetterStore() },
});

async function toldOf(provider: Provider, token: string): Promise<readonly string[]> {
  await using app = await HandlerBed.create({ providers: [Inbox, provider] }, stored());
  expect(await app.deliver(incomingText('hi'))).toMatchObject({ result: 'dead-lettered' });
  const { told } = app.bed.get<Alerts>(token);
  return told.map(({ kind }) => kind);
}

describe('a listener to dead letters', () => {
  it.each<[string, Provider]>([
    ['a class', { provide: 'ALERTS', useClass: Alerts }],
    ['a value', { provide: 'ALERTS', useValue: new Alerts() }],
    ['a factory', { provide: 'ALERTS', useFactory: () => new Alerts() }],
  ])('is called on %s', async (_, provider) => {
    expect(await toldOf(provider, 'ALERTS')).toEqual(['unhandled']);
  });

  it('is called once, under whatever other tokens its instance is known', async () => {
    await using app = await HandlerBed.create(
      {
        providers: [
          { provide: 'FACTORY', useFactory: (alerts: Alerts) => alerts, inject: [Alerts] },
          { provide: 'ALIAS', useExisting: Alerts },
          Alerts,
          Inbox,
        ],
      },
      stored(),
    );
    await app.deliver(incomingText('hi'));
    expect(app.bed.get(Alerts).told).toHaveLength(1);
  });

  it('that throws is logged, and changes nothing for the others', async () => {
    @Injectable()
    class Broken {
      @OnDeadLetter()
      async onLetter() {
        throw new Error('the pager is off');
      }

      @OnDeadLetter()
      onLetterAtOnce() {
        throw new Error('no pager');
      }
    }
    await using app = await HandlerBed.create({ providers: [Inbox, Broken, Alerts] }, stored());
    const { result } = await app.deliver(incomingText('hi'));
    expect(result).toBe('dead-lettered');
    expect(app.bed.get(Alerts).told).toHaveLength(1);
    await app.logs.until('ERROR', 'Broken.onLetter failed: the pager is off');
    await app.logs.until('ERROR', 'Broken.onLetterAtOnce failed: no pager');
  });

  it('causes a warning where nothing stores dead letters', async () => {
    await using app = await HandlerBed.create(
      { providers: [Inbox, Alerts] },
      { deadLetters: false },
    );
    const [warning, ...more] = app.logs.having('WARN', 'Alerts.onLetter');
    expect(warning).toContain('Alerts.onLetter will never be called');
    expect(warning).toContain('"deadLetters"');
    expect(more).toEqual([]);
  });

  it('causes no warning where dead letters are stored, and nor does its absence', async () => {
    await using some = await HandlerBed.create({ providers: [Inbox, Alerts] }, stored());
    expect(some.logs.having('WARN', 'never be called')).toEqual([]);
    await using none = await HandlerBed.create({ providers: [Inbox] }, { deadLetters: false });
    expect(none.logs.having('WARN', 'never be called')).toEqual([]);
  });
});

@Injectable()
class PerRun {
  constructor(@Inject(REQUEST) readonly request: unknown) {}
}

@Injectable()
class Depending {
  constructor(readonly perRun: PerRun) {}

  @OnDeadLetter()
  onLetter() {}
}

@Injectable({ scope: Scope.REQUEST })
class Scoped extends Alerts {}

@Injectable({ scope: Scope.TRANSIENT })
class Transient extends Alerts {}

@Injectable({ scope: Scope.REQUEST })
class ScopedGuard implements CanActivate {
  canActivate = () => true;
}

@Injectable()
class Guarded extends Alerts {
  @UseGuards(ScopedGuard)
  @OnNotification('incomingCall')
  onCall() {}
}

describe('a listener to dead letters is refused at the start', () => {
  it.each<[string, readonly Provider[], RegExp]>([
    ['on a request-scoped provider', [Scoped], /Scoped\.onLetter .* a request-scoped provider/],
    [
      'on a request-scoped provider under a token',
      [{ provide: 'ALERTS', useClass: Scoped, scope: Scope.REQUEST }],
      /Scoped\.onLetter .* a request-scoped provider/,
    ],
    [
      'on one that a request-scoped factory makes',
      [{ provide: Alerts, useFactory: () => new Alerts(), scope: Scope.REQUEST }],
      /Alerts\.onLetter .* a request-scoped provider/,
    ],
    [
      'on one that depends on something request-scoped',
      [PerRun, Depending],
      /Depending\.onLetter .* a request-scoped provider/,
    ],
    [
      'on one that a request-scoped guard makes request-scoped',
      [Guarded],
      /Guarded\.onLetter .* a request-scoped provider/,
    ],
    ['on a transient provider', [Transient], /Transient\.onLetter .* a transient provider/],
  ])('%s', async (_, providers, message) => {
    const starting = HandlerBed.create({ providers: [...providers] }, stored());
    await expect(starting).rejects.toThrow(DeadLetterListenerRefusedError);
    await expect(starting).rejects.toThrow(message);
    await expect(starting).rejects.toThrow(/move the method to a singleton provider/);
  });

  it('on a controller', async () => {
    @Controller()
    class Pages extends Alerts {}
    const starting = HandlerBed.create({ controllers: [Pages] }, stored());
    await expect(starting).rejects.toMatchObject({ code: 'DEAD_LETTER_LISTENER_REFUSED' });
    await expect(starting).rejects.toThrow(/Pages\.onLetter .* a method of a controller/);
  });

  it('but not on a value, which is what it is, whatever Nest makes for each request', async () => {
    class Value extends Alerts {
      @OnNotification('incomingCall')
      onCall() {}
    }
    const alerts = new Value();
    const guard = { provide: APP_GUARD, useClass: ScopedGuard, scope: Scope.REQUEST };
    await using app = await HandlerBed.create(
      { providers: [Inbox, { provide: Value, useValue: alerts }, guard] },
      { ...stored(), globalEnhancers: ['pipes'] },
    );
    await app.deliver(incomingText('hi'));
    expect(alerts.told).toHaveLength(1);
  });
});

function decorateStatic() {
  class Mistaken {
    readonly instances = [];

    @OnDeadLetter()
    static onLetter() {}
  }
  return Mistaken;
}

function decorateSymbol() {
  const name = Symbol('onLetter');
  class Mistaken {
    // @ts-expect-error a listener is found by its name
    @OnDeadLetter()
    [name]() {}
  }
  return Mistaken;
}

function decorateProperty() {
  class Mistaken {
    // @ts-expect-error a property has no method before there is an instance
    @OnDeadLetter()
    onLetter = () => undefined;
  }
  return Mistaken;
}

describe('@OnDeadLetter throws', () => {
  it.each([
    ['a static method', decorateStatic],
    ['a method whose name is a symbol', decorateSymbol],
    ['a property or an accessor', decorateProperty],
  ])('on %s', (what, decorate) => {
    expect(decorate).toThrow(NotAHandlerMethodError);
    expect(decorate).toThrow(`which is ${what} and is never called`);
    expect(decorate).toThrow(/^@OnDeadLetter decorates Mistaken\./);
  });
});
