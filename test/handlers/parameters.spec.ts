import {
  ChatId,
  Ctx,
  type IncomingMessage,
  NotificationContext,
  NotificationExecutionContext,
  OnNotification,
  Payload,
  Sender,
  Text,
} from '@green-notifications/nestjs';
import { incomingText, stateInstanceChanged } from '@green-notifications/nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import {
  BadRequestException,
  createParamDecorator,
  type ExecutionContext,
  Injectable,
  ParseBoolPipe,
  type PipeTransform,
  UsePipes,
  ValidationPipe,
} from '@nestjs/common';
import { Type } from 'class-transformer';
import { IsString, Length, ValidateNested } from 'class-validator';
import { of } from 'rxjs';

import { HandlerBed } from './support/handler.bed.js';

const chatId = '79001112233@c.us';
const message = incomingText('hi', { chatId, chatName: 'Ann' });

const TypeWebhook = createParamDecorator((prefix: string, context: ExecutionContext) =>
  [prefix, NotificationExecutionContext.create(context).getNotification().typeWebhook].join(' '),
);

describe('the parameters of a handler', () => {
  it('get what their decorators say, in any order, with those of createParamDecorator beside', async () => {
    @Injectable()
    class Inbox {
      @OnNotification('incomingMessageReceived')
      onMessage(
        @Text() text: string,
        @TypeWebhook('a') kind: string,
        @ChatId() chat: string,
        @Ctx() context: NotificationContext,
        @Sender() sender: { id: string },
        @Payload('senderData.chatName') chatName: string,
        @Payload('senderData.no.such.thing') nothing: unknown,
        @Payload() whole: unknown,
      ) {
        return [text, kind, chat, context.attempt, sender, chatName, nothing, whole === message];
      }
    }
    await using app = await HandlerBed.create({ providers: [Inbox] });
    const { results } = await app.deliver(message);
    expect(results).toEqual([
      [
        'hi',
        'a incomingMessageReceived',
        chatId,
        1,
        expect.objectContaining({ id: chatId }),
        'Ann',
        undefined,
        true,
      ],
    ]);
  });

  it('are awaited where a decorator is asynchronous, and so is the last value of an observable result', async () => {
    const Later = createParamDecorator((value: unknown) => Promise.resolve(value));
    @Injectable()
    class Inbox {
      @OnNotification('incomingMessageReceived')
      onMessage(@Later('a') one: string, @Text() text: string, @Later('b') other: string) {
        return of('first', [one, text, other]);
      }
    }
    await using app = await HandlerBed.create({ providers: [Inbox] });
    expect((await app.deliver(message)).results).toEqual([['a', 'hi', 'b']]);
  });

  it('are undefined where the notification has no such thing', async () => {
    @Injectable()
    class Inbox {
      @OnNotification('stateInstanceChanged')
      onState(@Text() text: unknown, @ChatId() chat: unknown, @Sender() sender: unknown) {
        return [text, chat, sender];
      }
    }
    await using app = await HandlerBed.create({ providers: [Inbox] });
    const { results } = await app.deliver(stateInstanceChanged());
    expect(results).toEqual([[undefined, undefined, undefined]]);
  });

  it('without a decorator get the notification and the context, those with a default included', async () => {
    @Injectable()
    class Inbox {
      @OnNotification('*')
      onBoth(notification: unknown, context?: NotificationContext) {
        return [notification === message, context instanceof NotificationContext];
      }

      @OnNotification('*')
      onDefault(notification: unknown = null, context: unknown = null) {
        return [notification === message, context instanceof NotificationContext];
      }

      @OnNotification('*')
      onMixed(@Text() text: string, context: NotificationContext) {
        return [text, context instanceof NotificationContext];
      }

      @OnNotification('*')
      onNone(...rest: []) {
        return rest.length <= 1;
      }
    }
    await using app = await HandlerBed.create({ providers: [Inbox] });
    const { results, errors } = await app.deliver(message);
    expect(errors).toEqual([]);
    expect(results).toEqual([[true, true], [true, true], ['hi', true], true]);
  });

  it('of an overriding method are its own, and not those of the method it overrides', async () => {
    class Base {
      @OnNotification('*')
      onAny(@Text() text: unknown, @ChatId() _chat: unknown): unknown {
        return ['base', text];
      }
    }
    @Injectable()
    class Inbox extends Base {
      @OnNotification('*')
      override onAny(notification: unknown, @Ctx() context: unknown) {
        return [notification === message, context instanceof NotificationContext];
      }
    }
    await using app = await HandlerBed.create({ providers: [Inbox] });
    expect(await app.deliver(message)).toMatchObject({ results: [[true, true]] });
    await using base = await HandlerBed.create({ providers: [Base] });
    expect(await base.deliver(message)).toMatchObject({ results: [['base', 'hi']] });
  });

  it('pass through pipes of their own', async () => {
    const shout: PipeTransform = { transform: (value: string) => value.toUpperCase() };
    @Injectable()
    class Inbox {
      @OnNotification('*')
      onAny(
        @Payload('senderData.chatName', shout) name: string,
        @Payload({ transform: (n: IncomingMessage) => n.idMessage }) id: string,
      ) {
        return [name, id];
      }

      @OnNotification('*')
      onWrong(@Payload('senderData.chatName', ParseBoolPipe) isGroup: boolean) {
        return isGroup;
      }
    }
    await using app = await HandlerBed.create({ providers: [Inbox] });
    const { results, errors } = await app.deliver(message);
    expect(results).toEqual([['ANN', message.idMessage]]);
    expect(errors).toEqual([expect.any(BadRequestException)]);
  });
});

class TextDto {
  @IsString()
  @Length(1, 3)
  textMessage!: string;
}

class MessageDataDto {
  @ValidateNested()
  @Type(() => TextDto)
  textMessageData!: TextDto;
}

class MessageDto {
  @IsString()
  typeWebhook!: string;

  @ValidateNested()
  @Type(() => MessageDataDto)
  messageData!: MessageDataDto;

  get shouted(): string {
    return this.messageData.textMessageData.textMessage.toUpperCase();
  }
}

describe('ValidationPipe', () => {
  const tooLong = incomingText('hello');

  @Injectable()
  class Inbox {
    @OnNotification('*')
    onBare(dto: MessageDto) {
      return dto.shouted;
    }

    @OnNotification('*')
    onDecorated(@Ctx() _context: NotificationContext, @Payload() dto: MessageDto) {
      return dto.shouted;
    }

    @OnNotification('*')
    onPart(@Payload('messageData') dto: MessageDataDto) {
      return dto instanceof MessageDataDto && dto.textMessageData.textMessage;
    }

    @OnNotification('incomingMessageReceived')
    onInterface(notification: IncomingMessage) {
      return notification.idMessage;
    }
  }

  const pipe = new ValidationPipe({ transform: true, whitelist: true });

  it('checks and transforms into the class of a parameter, decorated or bare, at the level of the class', async () => {
    @UsePipes(pipe)
    @Injectable()
    class Checked extends Inbox {}

    await using app = await HandlerBed.create({ providers: [Checked] });
    expect(await app.deliver(message)).toMatchObject({
      results: ['HI', 'HI', 'hi', message.idMessage],
      errors: [],
    });
    const { handlers, errors, results } = await app.deliver(tooLong);
    expect(handlers).toHaveLength(4);
    expect(results).toEqual([tooLong.idMessage]);
    expect(errors).toEqual(Array.from({ length: 3 }, () => expect.any(BadRequestException)));
  });

  it('does so when it is global', async () => {
    await using app = await HandlerBed.create({ providers: [Inbox] }, {}, (nest) =>
      nest.useGlobalPipes(new ValidationPipe({ transform: true })),
    );
    expect(await app.deliver(message)).toMatchObject({
      results: ['HI', 'HI', 'hi', message.idMessage],
    });
    const { errors } = await app.deliver(tooLong);
    expect(errors).toHaveLength(3);
  });
});
