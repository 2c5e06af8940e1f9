import { ConfigModule } from '@nestjs/config';

import { readEnvironment } from './environment.js';

/** Awaited here, so that a wrong environment ends the start with one message and no stack. */
export const configModule = await ConfigModule.forRoot({
  isGlobal: true,
  validate: readEnvironment,
});
