import {
  GreenNotifications,
  OnNotification,
  UnknownInstanceError,
} from '@green-notifications/nestjs';
import { incomingText, unknownNotification } from '@green-notifications/nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import { Injectable, type OnModuleInit } from '@nestjs/common';

import { CANARY_TOKEN } from '../support/canary.js';
import { HandlerBed } from './support/handler.bed.js';

@Injectable()
class Misspelt {
  @OnNotification('incomingMesageReceived')
  onKind() {}

  @OnNotification('storyViewed')
  onNewKind() {}

  @OnNotification('incomingMessageReceived', { typeMessage: ['textMessage', 'imageMesage'] })
  onType() {}

  @OnNotification('outgoingMessageStatus', { status: 'delivred' })
  onStatus() {}

  @OnNotification('stateInstanceChanged', { stateInstance: 'authorised' })
  onState() {}
}

@Injectable()
class Right {
  @OnNotification('*')
  onAny() {}

  @OnNotification('unknown', { status: 'seen' })
  onUnknown() {}

  @OnNotification('incomingMessageReceived', { typeMessage: 'textMessage', instance: 'shop' })
  onText() {}

  @OnNotification(['incomingCall', 'outgoingCall'], { status: ['missed', 'hungUp'] })
  onCall() {}
}

@Injectable()
class Later {
  @OnNotification('*', { instance: 'later' })
  onAny() {}
}

describe('a misspelt word', () => {
  it.each([
    ['Misspelt.onKind', 'the kind "incomingMesageReceived"', '"incomingMessageReceived"?'],
    ['Misspelt.onType', 'the typeMessage "imageMesage"', '"imageMessage"?'],
    ['Misspelt.onStatus', 'the status "delivred"', '"delivered"?'],
    ['Misspelt.onState', 'the stateInstance "authorised"', '"authorized"?'],
  ])('of %s is logged with the handler and the nearest known word', async (handler, word, near) => {
    await using app = await HandlerBed.create({ providers: [Misspelt] });
    const [warning, ...more] = app.logs.having('WARN', handler);
    expect(warning).toContain(`${handler} handles ${word}`);
    expect(warning).toContain(`did you mean ${near}`);
    expect(more).toEqual([]);
  });

  it('that is like no other is logged without a guess, and its handler is mapped and runs', async () => {
    await using app = await HandlerBed.create({ providers: [Misspelt] });
    const warnings = app.logs.having('WARN', 'Misspelt.onNewKind handles the kind "storyViewed"');
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).not.toContain('did you mean');
    expect(app.logs.having('LOG', 'Mapped {storyViewed} to Misspelt.onNewKind')).toHaveLength(1);
    const { handlers } = await app.deliver(unknownNotification('storyViewed'));
    expect(handlers).toEqual(['Misspelt.onNewKind']);
  });

  it('is none where all are right', async () => {
    await using app = await HandlerBed.create({ providers: [Right] });
    expect(app.logs.having('WARN', 'is not a known GREEN-API value')).toEqual([]);
  });
});

describe('a handler for an instance that does not exist', () => {
  it('is refused at the start, with the names that there are and the nearest', async () => {
    @Injectable()
    class Inbox {
      @OnNotification('*', { instance: ['shop', 'helpp'] })
      onAny() {}
    }
    const starting = HandlerBed.create({ providers: [Inbox] });
    await expect(starting).rejects.toThrow(UnknownInstanceError);
    await expect(starting).rejects.toThrow(
      /Inbox\.onAny .* "helpp", .* did you mean "help"\? The instances are "shop", "help"\./,
    );
  });

  it('is refused with the way out for an instance that comes later', async () => {
    await expect(HandlerBed.create({ providers: [Later] })).rejects.toThrow(
      /add it .* in onModuleInit\(\), or set "instances: \[\]"/,
    );
  });

  it('is taken if the instance is added in onModuleInit', async () => {
    @Injectable()
    class Tenants implements OnModuleInit {
      constructor(private readonly greenNotifications: GreenNotifications) {}

      async onModuleInit() {
        const account = { idInstance: 1101000003, apiTokenInstance: CANARY_TOKEN };
        await this.greenNotifications.addInstance({ ...account, name: 'later' });
      }
    }
    await using app = await HandlerBed.create({ providers: [Later, Tenants] });
    const { handlers } = await app.deliver(incomingText('hi', { idInstance: 1101000003 }));
    expect(handlers).toEqual(['Later.onAny']);
  });
});
