import {
  OnNotification,
  Ctx,
  NotificationContext,
  type IncomingMessage,
} from '@green-notifications/nestjs';
import { NotificationTestBed, incomingText } from '@green-notifications/nestjs/testing';
import { describe, expect, it } from '@jest/globals';
import { Injectable } from '@nestjs/common';

@Injectable()
class Inbox {
  @OnNotification('incomingMessageReceived', { typeMessage: 'textMessage' })
  async onText(message: IncomingMessage<'textMessage'>, @Ctx() ctx: NotificationContext) {
    return ctx.reply(message.messageData.textMessageData.textMessage.toUpperCase(), {
      quote: true,
    });
  }
}

describe('NotificationTestBed', () => {
  it('delivers to handlers, and tells what they did and sent', async () => {
    await using bed = await NotificationTestBed.create({ providers: [Inbox] });
    const hi = incomingText('hi', { chatId: '79990000000@c.us' });
    const delivered = await bed.deliver(hi);
    expect(delivered).toMatchObject({
      result: 'acknowledged',
      handlers: ['Inbox.onText'],
      results: ['SENT1'],
      errors: [],
    });
    expect(bed.sent).toEqual([
      {
        idInstance: '1101000001',
        chatId: '79990000000@c.us',
        message: 'HI',
        quotedMessageId: hi.idMessage,
      },
    ]);
  });
});
