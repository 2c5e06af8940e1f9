import { ExpressAdapter } from '@nestjs/platform-express';

import { listen } from './listen.js';
import { oursModule } from './ours.module.js';
import type { StartServer } from './webhook.server.js';

export const startServer: StartServer = (onWebhook, instances) =>
  listen(oursModule(onWebhook, instances), new ExpressAdapter());
