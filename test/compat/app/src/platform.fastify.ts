import { FastifyAdapter } from '@nestjs/platform-fastify';

export const platform = () => new FastifyAdapter();
