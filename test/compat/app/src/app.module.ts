import { GreenNotificationsModule } from '@green-notifications/nestjs';
import { Module } from '@nestjs/common';

import { Answers, Bot } from './bot.js';
import { storage } from './storage.js';

@Module({
  imports: [
    GreenNotificationsModule.forRootAsync({
      useFactory: () => ({
        transport: process.env['GREEN_API_TRANSPORT'] === 'webhook' ? 'webhook' : 'polling',
        instances: [
          {
            idInstance: 1101000001,
            apiTokenInstance: 'token-of-the-console',
            apiUrl: process.env['GREEN_API_URL']!,
          },
        ],
        webhook: { token: 'token-of-the-webhook' },
        deadLetters: false,
        ...storage(),
      }),
    }),
  ],
  providers: [Answers, Bot],
})
export class AppModule {}
