import {
  type IncomingMessage,
  NotificationContext,
  OnNotification,
} from '@green-notifications/nestjs';
import { Injectable } from '@nestjs/common';

@Injectable()
export class Answers {
  to(text: string): string {
    return `You said: ${text}`;
  }
}

@Injectable()
export class Bot {
  constructor(private readonly answers: Answers) {}

  @OnNotification('incomingMessageReceived', { typeMessage: 'textMessage' })
  async onText(
    message: IncomingMessage<'textMessage'>,
    context: NotificationContext,
  ): Promise<void> {
    await context.reply(this.answers.to(message.messageData.textMessageData.textMessage));
  }
}
