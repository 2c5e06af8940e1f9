import 'reflect-metadata';

import { NestFactory } from '@nestjs/core';

import { InvalidEnvironmentError } from './config/invalid-environment.error.js';

async function start(): Promise<void> {
  const { AppModule } = await import('./app.module.js');
  const app = await NestFactory.create(AppModule, { abortOnError: false });
  app.enableShutdownHooks([], { useProcessExit: true });
  await app.init();
}

start().catch((error: unknown) => {
  // Whatever else goes wrong at the start, Nest has logged already.
  if (error instanceof InvalidEnvironmentError) console.error(error.message);
  process.exit(1);
});
