import { Module } from '@nestjs/common';
import { DiscoveryModule } from '@nestjs/core';

import { ConfigurableModuleClass } from './green-notifications.module-definition.js';
import { GreenNotifications } from './green-notifications.service.js';
import { PROVIDERS } from './providers.js';

/**
 * Receives GREEN-API notifications and gives them to the methods decorated with
 * `@OnNotification`. Import it once, with `forRoot` or `forRootAsync`.
 */
@Module({
  imports: [DiscoveryModule],
  providers: PROVIDERS,
  exports: [GreenNotifications],
})
export class GreenNotificationsModule extends ConfigurableModuleClass {}
