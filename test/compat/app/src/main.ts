import 'reflect-metadata';

import { type INestApplication } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';

import { AppModule } from './app.module.js';
import { platform } from './platform.js';

async function start(): Promise<void> {
  const app: INestApplication = await NestFactory.create(AppModule, platform(), {
    forceCloseConnections: true,
  });
  app.enableShutdownHooks();
  await app.listen(0, '127.0.0.1');
  console.log(`Listening on ${await app.getUrl()}`);
}

void start();
