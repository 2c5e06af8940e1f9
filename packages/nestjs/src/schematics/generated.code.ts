import type { ModuleAddition } from './module.source.js';

export type Transport = 'polling' | 'webhook';

export const LISTENER = {
  className: 'MessagesListener',
  path: 'green-notifications/messages.listener.ts',
};

export function listenerSource(): string {
  return `import {
  Ctx,
  NotificationContext,
  OnNotification,
} from '@green-notifications/nestjs';
import { Injectable } from '@nestjs/common';

/** Answers only "ping", because an instance may be a private phone. */
@Injectable()
export class ${LISTENER.className} {
  @OnNotification('incomingMessageReceived', { text: /^ping$/i })
  async onPing(@Ctx() context: NotificationContext): Promise<void> {
    await context.reply('pong');
  }
}
`;
}

export function moduleAddition(transport: Transport, importExtension: string): ModuleAddition {
  const listener = `./${LISTENER.path.replace(/\.ts$/, importExtension)}`;
  return {
    imports: [
      `import { GreenNotificationsModule } from '@green-notifications/nestjs';`,
      `import { ${LISTENER.className} } from '${listener}';`,
    ],
    // A factory, because it runs after modules such as ConfigModule have read `.env`.
    module: `GreenNotificationsModule.forRootAsync({
  useFactory: () => ({
${transport === 'webhook' ? WEBHOOK : ''}    instances: [
      {
        idInstance: process.env.GREEN_API_INSTANCE!,
        apiTokenInstance: process.env.GREEN_API_TOKEN!,
      },
    ],
  }),
})`,
    provider: LISTENER.className,
  };
}

const WEBHOOK = `    transport: 'webhook',
    webhook: { token: process.env.GREEN_API_WEBHOOK_TOKEN },
`;

export function variablesFor(transport: Transport): readonly string[] {
  const always = ['GREEN_API_INSTANCE', 'GREEN_API_TOKEN'];
  return transport === 'webhook' ? [...always, 'GREEN_API_WEBHOOK_TOKEN'] : always;
}

/** Whether an env file sets the variable, or has it in a comment. */
export function isVariableIn(text: string, name: string): boolean {
  return new RegExp(String.raw`^[ \t#]*(?:export[ \t]+)?${name}[ \t]*=`, 'm').test(text);
}
