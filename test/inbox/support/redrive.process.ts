import {
  pgBossInbox,
  type PgBossInboxOptions,
  type SqlTransaction,
} from '@green-notifications/inbox';
import {
  Ctx,
  GreenNotifications,
  GreenNotificationsModule,
  NotificationContext,
  OnNotification,
} from '@green-notifications/nestjs';
import { Injectable, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

// A process that redrives all letters, and is killed as soon as the first transaction is committed.
const { INBOX = '{}' } = process.env;
const place = JSON.parse(INBOX) as PgBossInboxOptions;

@Injectable()
class Inbox {
  @OnNotification('incomingMessageReceived')
  async onText(@Ctx() context: NotificationContext) {
    await context.transaction<SqlTransaction>(async (sql) => {
      await sql.executeSql(`create table if not exists ${place.schema}.orders (attempt int)`);
      await sql.executeSql(`insert into ${place.schema}.orders values (1)`);
    });
    process.kill(process.pid, 'SIGKILL');
  }
}

@Module({
  imports: [
    GreenNotificationsModule.forRoot({
      instances: [{ idInstance: 1101000001, apiTokenInstance: 'token-of-nobody' }],
      inbox: pgBossInbox({ ...place, role: 'worker' }),
    }),
  ],
  providers: [Inbox],
})
class AppModule {}

const app = await NestFactory.createApplicationContext(AppModule, { logger: false });
await app.get(GreenNotifications).deadLetters.redriveAll();
