import 'reflect-metadata';

import { ConfigService } from '@nestjs/config';
import { NestFactory } from '@nestjs/core';

import type { Environment } from './config/environment.js';
import { InvalidEnvironmentError } from './config/invalid-environment.error.js';

async function start(): Promise<void> {
  const { AppModule } = await import('./app.module.js');
  const app = await NestFactory.create(AppModule, { abortOnError: false });
  app.enableShutdownHooks([], { useProcessExit: true });
  const config = app.get<ConfigService<Environment, true>>(ConfigService);
  // Polling needs no server.
  if (config.get('GREEN_API_TRANSPORT', { infer: true }) === 'polling') await app.init();
  else await app.listen(config.get('PORT', { infer: true }));
}

start().catch((error: unknown) => {
  // Whatever else goes wrong at the start, Nest has logged already.
  if (error instanceof InvalidEnvironmentError) console.error(error.message);
  process.exit(1);
});
