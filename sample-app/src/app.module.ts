import { GreenNotificationsModule } from '@green-notifications/nestjs';
import { Module } from '@nestjs/common';
import { ConfigService } from '@nestjs/config';

import { configModule } from './config/config.module.js';
import type { Environment } from './config/environment.js';
import { greenNotificationsOptions } from './config/green-notifications.options.js';
import { AuditListener } from './listeners/audit.listener.js';
import { DeadLetterListener } from './listeners/dead-letter.listener.js';
import { DeliveryStatusListener } from './listeners/delivery-status.listener.js';
import { EchoListener } from './listeners/echo.listener.js';
import { InboxReport } from './listeners/inbox.report.js';
import { InstanceStateListener } from './listeners/instance-state.listener.js';
import { Spells } from './listeners/spells.js';
import { TroubleListener } from './listeners/trouble.listener.js';

@Module({
  imports: [
    configModule,
    GreenNotificationsModule.forRootAsync({
      useFactory: (config: ConfigService<Environment, true>) => greenNotificationsOptions(config),
      inject: [ConfigService],
    }),
  ],
  providers: [
    AuditListener,
    DeadLetterListener,
    DeliveryStatusListener,
    EchoListener,
    InboxReport,
    InstanceStateListener,
    Spells,
    TroubleListener,
  ],
})
export class AppModule {}
