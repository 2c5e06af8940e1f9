import type { GreenNotificationsModuleOptions } from '@green-notifications/nestjs';
import type { ConfigService } from '@nestjs/config';

import type { Environment } from './environment.js';

export function greenNotificationsOptions(
  config: ConfigService<Environment, true>,
): GreenNotificationsModuleOptions {
  return {
    transport: config.get('GREEN_API_TRANSPORT', { infer: true }),
    instances: [
      {
        idInstance: config.get('GREEN_API_INSTANCE', { infer: true }),
        apiTokenInstance: config.get('GREEN_API_TOKEN', { infer: true }),
        apiUrl: config.get('GREEN_API_URL', { infer: true }),
      },
    ],
  };
}
