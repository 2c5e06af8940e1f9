import type { GreenNotificationsModuleOptions } from '@green-notifications/nestjs';
import type { ConfigService } from '@nestjs/config';

import type { Environment } from './environment.js';
import { inboxOf } from './inbox.js';

export function greenNotificationsOptions(
  config: ConfigService<Environment, true>,
): GreenNotificationsModuleOptions {
  const deadLetters = config.get('DEAD_LETTERS', { infer: true });
  return {
    inbox: inboxOf(config),
    transport: config.get('GREEN_API_TRANSPORT', { infer: true }),
    instances: [
      {
        idInstance: config.get('GREEN_API_INSTANCE', { infer: true }),
        apiTokenInstance: config.get('GREEN_API_TOKEN', { infer: true }),
        apiUrl: config.get('GREEN_API_URL', { infer: true }),
      },
    ],
    webhook: {
      path: config.get('GREEN_API_WEBHOOK_PATH', { infer: true }),
      token: config.get('GREEN_API_WEBHOOK_TOKEN', { infer: true }),
    },
    deadLetters:
      deadLetters === 'false'
        ? false
        : deadLetters === undefined
          ? undefined
          : { file: deadLetters },
  };
}
