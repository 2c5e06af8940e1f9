import { Ctx, NotificationContext, OnNotification, Text } from '@green-notifications/nestjs';
import { Injectable } from '@nestjs/common';

const ECHO = /^echo\s+/i;

/** Answers only texts that start with "echo", because an instance may be a private phone. */
@Injectable()
export class EchoListener {
  @OnNotification('incomingMessageReceived', { text: ECHO })
  async onEcho(@Text() text: string, @Ctx() context: NotificationContext): Promise<void> {
    await context.reply(text.replace(ECHO, ''), { quote: true });
  }
}
