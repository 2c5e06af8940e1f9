import { ExpressAdapter } from '@nestjs/platform-express';

import { listen } from './listen.js';
import { byHandModule } from './by-hand.module.js';
import type { StartServer } from './webhook.server.js';

export const startServer: StartServer = (onWebhook) =>
  listen(byHandModule(onWebhook), new ExpressAdapter());
