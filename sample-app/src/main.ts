import 'reflect-metadata';

import { ConfigService } from '@nestjs/config';
import { NestFactory } from '@nestjs/core';

import type { Environment } from './config/environment.js';

async function start(): Promise<void> {
  const { AppModule } = await import('./app.module.js');
  const app = await NestFactory.create(AppModule, {
    abortOnError: false,
    // By then the handlers have finished, so the server need not wait for keep-alive connections.
    forceCloseConnections: true,
  });
  app.enableShutdownHooks([], { useProcessExit: true });
  const config = app.get<ConfigService<Environment, true>>(ConfigService);
  // Polling needs no HTTP server.
  if (config.get('GREEN_API_TRANSPORT', { infer: true }) === 'polling') await app.init();
  else await app.listen(config.get('PORT', { infer: true }));
}

start().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exit(1);
});
