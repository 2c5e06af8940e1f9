import { Ctx, NotificationContext, OnNotification, Text } from '@green-notifications/nestjs';
import { Injectable } from '@nestjs/common';

const ECHO = /^echo\s+/i;

/** Answers a text that begins with "echo", and no other: an instance may be somebody's own phone. */
@Injectable()
export class EchoListener {
  @OnNotification('incomingMessageReceived', { text: ECHO })
  async onEcho(@Text() text: string, @Ctx() context: NotificationContext): Promise<void> {
    await context.reply(text.replace(ECHO, ''), { quote: true });
  }
}
