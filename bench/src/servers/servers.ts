import type { StartServer } from './webhook.server.js';

/** Loaded by name, so that a process contains nothing of the others. */
export const SERVERS = {
  oursOnExpress: () => import('./ours-on-express.js'),
  byHandOnExpress: () => import('./by-hand-on-express.js'),
  oursOnFastify: () => import('./ours-on-fastify.js'),
  byHandOnFastify: () => import('./by-hand-on-fastify.js'),
  bareHttp: () => import('./bare-http.js'),
} as const satisfies Record<string, () => Promise<{ startServer: StartServer }>>;

export type ServerName = keyof typeof SERVERS;

export const SERVER_NAMES = Object.keys(SERVERS) as readonly ServerName[];
