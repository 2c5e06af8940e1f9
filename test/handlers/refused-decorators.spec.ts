import {
  type HandlerOptions,
  InvalidHandlerOptionError,
  NotAHandlerMethodError,
  OnNotification,
  UnknownFilterKeyError,
} from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';

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

describe('what a decorator refuses', () => {
  it('is a condition that does not exist', () => {
    expect(decorateWithTypo).toThrow(UnknownFilterKeyError);
    expect(decorateWithTypo).toThrow(
      /Mistaken\.onAny filters by "txet".* use one of typeMessage, status/,
    );
  });

  it.each<[HandlerOptions & { atempts?: number }, RegExp]>([
    [{ attempts: 0 }, /"attempts" .* Mistaken\.onAny must be a whole number of 1 or more/],
    [{ timeoutMs: -1 }, /"timeoutMs" .* greater than 0/],
    [{ atempts: 3 }, /"atempts" .* does not exist; use attempts or timeoutMs/],
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
    expect(decorateStatic).toThrow(/Mistaken\.onAny, which is a static method and is never called/);
  });
});
