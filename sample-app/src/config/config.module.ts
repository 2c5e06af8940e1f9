import { ConfigModule } from '@nestjs/config';

import { readEnvironment } from './environment.js';

/**
 * Awaited here, so that a wrong environment stops the start with one message and no stack trace.
 */
export const configModule = await ConfigModule.forRoot({
  isGlobal: true,
  // An empty variable counts as missing, so ConfigService must not read process.env itself.
  skipProcessEnv: true,
  validate: readEnvironment,
});
