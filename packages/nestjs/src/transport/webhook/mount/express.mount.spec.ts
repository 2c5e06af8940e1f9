import type { IncomingMessage, ServerResponse } from 'node:http';
import { describe, expect, it } from '@jest/globals';
import type { HttpServer } from '@nestjs/common';

import { mountOnExpress } from './express.mount.js';

type Middleware = (request: object, response: object, next: () => void) => void;

/** Whether the gate checks a POST to `url`, with the route at `/green-api/Webhook`. */
function isChecked(url: string): boolean {
  let isEntered = false;
  let middleware: Middleware | undefined;
  const adapter = { use: (one: Middleware) => (middleware = one) } as unknown as HttpServer;
  const enter = async (_request: IncomingMessage, _response: ServerResponse) => {
    isEntered = true;
    return undefined;
  };
  mountOnExpress(adapter, enter, () => ['/green-api/Webhook']);
  middleware?.({ method: 'POST', url }, {}, () => {});
  return isEntered;
}

describe('the gate on Express', () => {
  it.each([
    ['/green-api/Webhook', true],
    ['/GREEN-API/webhook', true],
    ['/green-api/webhook/', true],
    ['/green-api/webhook///', true],
    ['/green-api/webhook?a=/b', true],
    ['/green-api/webhook/?a', true],
    ['/green-api/webhook#x', true],
    ['/green-api/webhooks', false],
    ['/green-api/webhook/more', false],
    ['/green-api/webhook//x', false],
    ['/green-api', false],
    ['/x/green-api/webhook', false],
    ['/', false],
    ['', false],
    ['http://example.com/green-api/webhook', true],
    ['HTTPS://user:pw@example.com:8443/green-api/webhook/?a', true],
    ['http://example.com/green-api/webhook#x', true],
    ['http://example.com', false],
    ['http://green-api/webhook', false],
    ['*', false],
  ])('checks a POST to %p: %p', (url, expected) => {
    expect(isChecked(url)).toBe(expected);
  });

  it.each(['', '/green-api/webhook'])('is fast with many slashes after %p', (start) => {
    const begun = performance.now();
    expect(isChecked(`${start}${'/'.repeat(300_000)}x`)).toBe(false);
    expect(performance.now() - begun).toBeLessThan(1000);
  });
});
