import { request } from 'undici';

import type { Emulator } from '../../src/index.js';

export interface Answered {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

/** Requests with headers that only a browser could send, or an attacker. */
export class Caller {
  constructor(private readonly emulator: Emulator) {}

  /** `getSettings` of instance 1. */
  read(headers: Record<string, string> = {}): Promise<Answered> {
    return this.call('GET', '/waInstance1/getSettings/any', headers);
  }

  /** Publishes a notification for instance 1. */
  publish(headers: Record<string, string> = {}): Promise<Answered> {
    const body = '{"instanceData":{"idInstance":1}}';
    return this.call('POST', '/', { 'content-type': 'text/plain', ...headers }, body);
  }

  /** A preflight, as a browser sends it before a DELETE. */
  preflight(headers: Record<string, string> = {}): Promise<Answered> {
    const asked = { 'access-control-request-method': 'DELETE', ...headers };
    return this.call('OPTIONS', '/waInstance1/deleteNotification/any/1', asked);
  }

  async call(
    method: 'GET' | 'POST' | 'OPTIONS',
    path: string,
    headers: Record<string, string>,
    body?: string,
  ): Promise<Answered> {
    const answer = await request(`${this.emulator.url}${path}`, {
      method,
      headers,
      body: body ?? null,
    });
    return {
      status: answer.statusCode,
      headers: answer.headers,
      body: await answer.body.text(),
    };
  }
}
