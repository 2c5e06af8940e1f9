import 'reflect-metadata';

import { describe, expect, it } from '@jest/globals';
import { expectTypeOf } from 'expect-type';

import type {
  IncomingMessage,
  OutgoingApiMessage,
  OutgoingMessage,
} from '../notification/kind/message.notification.js';
import type { UnknownNotification } from '../notification/kind/unknown.notification.js';
import type { UnknownMessageType } from '../notification/message/message-type.js';
import type { Notification, NotificationOf } from '../notification/notification.js';
import { OnNotification } from './decorators/on-notification.decorator.js';
import { Text } from './parameters/parameter.decorators.js';
import type { NotificationContext } from './notification.context.js';
import type { Selected } from './on-notification.types.js';

class Dto {
  typeWebhook!: string;
  somethingElse!: Date;
}

/** Compiling this class is the test: each decorator compiles, or fails with the expected error. */
class Handlers {
  @OnNotification('incomingMessageReceived', { typeMessage: 'textMessage' })
  exact(_: IncomingMessage<'textMessage'>) {}

  @OnNotification('incomingMessageReceived', { typeMessage: 'textMessage' })
  wider(_: IncomingMessage) {}

  @OnNotification('incomingMessageReceived', { typeMessage: 'textMessage' })
  widest(_: Notification) {}

  @OnNotification('incomingMessageReceived', { typeMessage: 'textMessage' })
  unknown(_: unknown) {}

  @OnNotification('incomingMessageReceived', { typeMessage: 'textMessage' })
  nothing() {}

  @OnNotification('incomingMessageReceived', { typeMessage: 'textMessage' })
  async optional(_message?: IncomingMessage<'textMessage'>, _context?: NotificationContext) {}

  @OnNotification('incomingMessageReceived', { typeMessage: 'textMessage' })
  destructured({ messageData: { textMessageData } }: IncomingMessage<'textMessage'>) {
    expectTypeOf(textMessageData.textMessage).toEqualTypeOf<string>();
  }

  // @ts-expect-error the handler gets a text, but the parameter accepts only images
  @OnNotification('incomingMessageReceived', { typeMessage: 'textMessage' })
  anotherType(_: IncomingMessage<'imageMessage'>) {}

  // @ts-expect-error the same with an optional parameter
  @OnNotification('incomingMessageReceived', { typeMessage: 'textMessage' })
  anotherTypeMaybe(_?: IncomingMessage<'imageMessage'>) {}

  // @ts-expect-error the handler gets any message, but the parameter accepts only texts
  @OnNotification('incomingMessageReceived')
  tooNarrow(_: IncomingMessage<'textMessage'>) {}

  // @ts-expect-error the parameter accepts only one of the two types
  @OnNotification('incomingMessageReceived', { typeMessage: ['textMessage', 'imageMessage'] })
  oneOfTwo(_: IncomingMessage<'textMessage'>) {}

  // @ts-expect-error the handler gets a message, but the parameter accepts only statuses
  @OnNotification('incomingMessageReceived')
  anotherKind(_: NotificationOf<'outgoingMessageStatus'>) {}

  // @ts-expect-error the parameter accepts calls, but no messages
  @OnNotification(['incomingCall', 'incomingMessageReceived'])
  oneOfTwoKinds(_: NotificationOf<'incomingCall'>) {}

  // @ts-expect-error the handler gets any notification, but the parameter accepts only messages
  @OnNotification('*')
  notEverything(_: IncomingMessage) {}

  @OnNotification('*')
  everything(_: Notification) {}

  @OnNotification('*', { typeMessage: 'textMessage' })
  anyDirection(
    _:
      | IncomingMessage<'textMessage'>
      | OutgoingMessage<'textMessage'>
      | OutgoingApiMessage<'textMessage'>,
  ) {}

  @OnNotification('unknown')
  unknownKind(_: UnknownNotification) {}

  @OnNotification('storyViewed')
  kindOfTheFuture(_: UnknownNotification) {}

  // @ts-expect-error the handler gets an unknown kind, but the parameter accepts only messages
  @OnNotification('storyViewed')
  notOfTheFuture(_: IncomingMessage) {}

  @OnNotification('incomingMessageReceived', { typeMessage: 'hologramMessage' })
  typeOfTheFuture(_: IncomingMessage<UnknownMessageType>) {}

  @OnNotification('incomingMessageReceived', { typeMessage: 'textMessage' })
  decorated(@Text() _text: string, _context: NotificationContext, _more: number) {}

  @OnNotification('incomingMessageReceived', { typeMessage: 'textMessage' })
  dto(_: Dto) {}

  @OnNotification(['incomingCall', 'outgoingCall'], { status: ['missed', 'hungUp'] })
  @OnNotification('outgoingMessageStatus', { status: 'read' })
  status() {}

  @OnNotification('stateInstanceChanged', { stateInstance: ['blocked', 'aStateOfTheFuture'] })
  state() {}

  // @ts-expect-error a call has a status, but no state
  @OnNotification('incomingCall', { stateInstance: 'blocked' })
  noState() {}

  // @ts-expect-error a message has no status
  @OnNotification('incomingMessageReceived', { status: 'read' })
  noStatus() {}

  // @ts-expect-error a call has no typeMessage
  @OnNotification('incomingCall', { typeMessage: 'textMessage' })
  noMessage() {}

  // @ts-expect-error a chat is private or a group
  @OnNotification('incomingMessageReceived', { chat: 'channel' })
  noChannel() {}

  // @ts-expect-error a predicate cannot be async
  @OnNotification('incomingMessageReceived', { where: async () => true })
  noPromise() {}

  @OnNotification('incomingMessageReceived', {
    typeMessage: 'imageMessage',
    where: (message) => {
      expectTypeOf(message).toEqualTypeOf<IncomingMessage<'imageMessage'>>();
      return message.messageData.fileMessageData.mimeType === 'image/png';
    },
  })
  image(_: IncomingMessage<'imageMessage'>) {}

  @OnNotification(['incomingCall', 'outgoingCall'], {
    where: (call) => {
      expectTypeOf(call).toEqualTypeOf<
        NotificationOf<'incomingCall'> | NotificationOf<'outgoingCall'>
      >();
      return call.isVideo === true;
    },
  })
  calls(_: NotificationOf<'incomingCall' | 'outgoingCall'>) {}

  @OnNotification('storyViewed', {
    typeMessage: 'textMessage',
    status: 'seen',
    where: (story) => {
      expectTypeOf(story).toEqualTypeOf<UnknownNotification>();
      return story['by'] === 'Ann';
    },
  })
  story() {}

  @OnNotification('*', {
    where: (notification) => {
      expectTypeOf(notification).toEqualTypeOf<Notification>();
      return notification.typeWebhook !== 'deviceInfo';
    },
  })
  notDevices() {}

  @OnNotification('incomingMessageReceived', {}, { attempts: 3, timeoutMs: 1000 })
  patient() {}
}

describe('the types of @OnNotification', () => {
  it('select the notifications that the handler gets', () => {
    expectTypeOf<Selected<'incomingCall', never>>().toEqualTypeOf<NotificationOf<'incomingCall'>>();
    expectTypeOf<
      Selected<'incomingMessageReceived', 'textMessage' | 'imageMessage'>
    >().toEqualTypeOf<IncomingMessage<'textMessage' | 'imageMessage'>>();
    expectTypeOf<
      Selected<'incomingMessageReceived' | 'outgoingMessageReceived', 'textMessage'>
    >().toEqualTypeOf<IncomingMessage<'textMessage'> | OutgoingMessage<'textMessage'>>();
    expectTypeOf<Selected<'*', never>>().toEqualTypeOf<Notification>();
    expect(Handlers.name).toBe('Handlers');
  });
});
