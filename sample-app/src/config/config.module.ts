import { ConfigModule } from '@nestjs/config';

import { readEnvironment } from './environment.js';

/** Awaited here, so that a wrong environment ends the start with one message and no stack. */
export const configModule = await ConfigModule.forRoot({
  isGlobal: true,
  // What is set to nothing counts as missing, so the raw environment must not be asked again.
  skipProcessEnv: true,
  validate: readEnvironment,
});
