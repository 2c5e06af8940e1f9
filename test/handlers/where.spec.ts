import { GreenNotifications, OnNotification } from '@green-notifications/nestjs';
import { incomingText, InMemoryDeadLetterStore } from '@green-notifications/nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { HandlerBed } from './support/handler.bed.js';

describe('a filter that throws', () => {
  const ran: string[] = [];
  let broken = true;

  @Injectable()
  class Inbox {
    @OnNotification('*', {
      where: () => {
        if (broken) throw new Error('the filter broke');
        return true;
      },
    })
    onFiltered() {
      ran.push('filtered');
    }

    @OnNotification('*')
    onAny() {
      ran.push('any');
    }

    @OnNotification('incomingMessageReceived', {
      where: () => {
        throw new Error('the filter broke');
      },
    })
    @OnNotification('incomingMessageReceived', { text: 'hi' })
    onEither() {
      ran.push('either');
    }
  }

  it('counts as a failed attempt of its handler, and of no other', async () => {
    await using app = await HandlerBed.create({ providers: [Inbox] });
    const message = incomingText('hi');

    const first = await app.deliver(message);
    expect(first).toMatchObject({ result: 'retry', errors: [{ message: 'the filter broke' }] });
    expect(ran).toEqual(['any', 'either']);
    expect(app.logs.having('ERROR', 'Inbox.onFiltered')).toHaveLength(1);

    broken = false;
    const second = await app.deliver(message);
    expect(second).toMatchObject({ result: 'acknowledged', runs: [{ attempt: 2 }] });
    expect(ran).toEqual(['any', 'either', 'filtered']);
  });
});

describe('the filter of an instance', () => {
  it('goes by the name that the options give', async () => {
    @Injectable()
    class Inbox {
      @OnNotification('*', { instance: 'help' })
      onHelp() {}

      @OnNotification('*', { instance: ['shop', 'help'] })
      onEither() {}
    }
    await using app = await HandlerBed.create({ providers: [Inbox] });
    expect((await app.deliver(incomingText('hi', { idInstance: 1101000001 }))).handlers).toEqual([
      'Inbox.onEither',
    ]);
    expect((await app.deliver(incomingText('hi', { idInstance: 1101000002 }))).handlers).toEqual([
      'Inbox.onHelp',
      'Inbox.onEither',
    ]);
    expect(app.bed.get(GreenNotifications).instances.map(({ name }) => name)).toEqual([
      'shop',
      'help',
    ]);
  });
});

describe('the options of a handler', () => {
  it('limit its attempts, whatever those of the others', async () => {
    @Injectable()
    class Inbox {
      @OnNotification('*', {}, { attempts: 1 })
      onOnce() {
        throw new Error('once');
      }

      @OnNotification('*')
      onOften() {
        throw new Error('often');
      }
    }
    await using app = await HandlerBed.create(
      { providers: [Inbox] },
      {
        deadLetters: { store: new InMemoryDeadLetterStore() },
        retry: { attempts: 2, backoff: { initialMs: 1 } },
      },
    );
    const message = incomingText('hi');
    expect((await app.deliver(message)).handlers).toEqual(['Inbox.onOnce', 'Inbox.onOften']);
    const { handlers, result } = await app.deliver(message);
    expect([handlers, result]).toEqual([['Inbox.onOften'], 'dead-lettered']);
    const letters = await app.bed.get(GreenNotifications).deadLetters.list();
    expect(letters).toMatchObject([
      { handler: 'Inbox.onOnce', attempts: 1 },
      { handler: 'Inbox.onOften', attempts: 2 },
    ]);
  });
});
