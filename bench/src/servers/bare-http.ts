import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { type StartServer, WEBHOOK_PATH, WEBHOOK_TOKEN } from './webhook.server.js';

/** The least that Node can do: token, body, JSON, 200. */
export const startServer: StartServer = (onWebhook) => {
  const server = createServer((request, response) => {
    const isAllowed =
      request.url === WEBHOOK_PATH && request.headers.authorization === `Bearer ${WEBHOOK_TOKEN}`;
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const body = JSON.parse(Buffer.concat(chunks).toString()) as { typeWebhook?: unknown };
      if (isAllowed && typeof body.typeWebhook === 'string') onWebhook();
      response.writeHead(isAllowed ? 200 : 401).end();
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
};
