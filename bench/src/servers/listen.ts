import 'reflect-metadata';

import type { AddressInfo, Server } from 'node:net';

import type { Type } from '@nestjs/common';
import { type AbstractHttpAdapter, NestFactory } from '@nestjs/core';

/** Starts a Nest application on a free port, and returns the port. */
export async function listen(app: Type, adapter: AbstractHttpAdapter): Promise<number> {
  const nest = await NestFactory.create(app, adapter, { logger: ['error', 'warn'] });
  await nest.listen(0, '127.0.0.1');
  return ((nest.getHttpServer() as Server).address() as AddressInfo).port;
}
