import type { Server } from 'node:http';
import type { Socket } from 'node:net';

import { OnNotification } from '@green-notifications/nestjs';
import { describe, expect, it, jest } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { eventually } from '../road/support/eventually.js';
import { CountingInbox } from '../webhook/support/application-in-the-way.js';
import { PLATFORMS, WebhookHarness } from '../webhook/webhook.harness.js';
import { Connection, rawPost } from './support/connection.js';
import { Waiting } from './support/waiting.js';

jest.setTimeout(60_000);

const MIB = 1024 * 1024;
const OTHER_TOKEN = 'the token of the second instance';
/** The second instance has a token of its own. */
const TWO_TOKENS = { instances: { 1: { webhookToken: OTHER_TOKEN } } };

/** Keeps the ids of the instances that it handles, in this order. */
@Injectable()
class Order {
  readonly ids: string[] = [];

  @OnNotification('*')
  on({ instanceData }: { instanceData: { idInstance: number } }) {
    this.ids.push(String(instanceData.idInstance));
  }
}

describe.each(PLATFORMS)('a flood from a sender with a token, on %s', (platform) => {
  it('of small webhooks does not let the webhooks of others wait for all of them', async () => {
    await using harness = await WebhookHarness.start(platform, 1101000001, 1101000002);
    const { app, url } = await harness.run({ providers: [Order] }, TWO_TOKENS);
    const flood = await Promise.all(Array.from({ length: 40 }, () => Connection.open(url)));
    using genuine = await Connection.open(url);
    const own = { token: OTHER_TOKEN };
    const second = () =>
      JSON.stringify(harness.emulator.instance(1101000002).build.incomingText('hi'));
    genuine.socket.write(rawPost(second(), own));
    await eventually('the application to take connections', () => genuine.statuses.length === 1);
    // All of this arrives in one turn of the event loop.
    for (const [index, { socket }] of flood.entries()) {
      const posts = Array.from({ length: 15 }, (_, post) =>
        rawPost(JSON.stringify(harness.text(`${index} ${post}`))),
      );
      socket.write(posts.join(''));
    }
    genuine.socket.write(rawPost(second(), own));
    const { ids } = app.get(Order);
    await eventually('all to be handled', () => ids.length === 602, 30_000);
    expect(ids.lastIndexOf('1101000002')).toBeLessThan(400);
    for (const { socket } of flood) socket.destroy();
  });

  it('of requests behind each other is cut off', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run({ providers: [Waiting] });
    using flood = await Connection.open(url);
    const posts = Array.from({ length: 200 }, (_, index) =>
      rawPost(JSON.stringify(harness.text(String(index)))),
    );
    flood.socket.write(posts.join(''));
    await flood.closed();
    const waiting = app.get(Waiting);
    waiting.released.resolve();
    expect(waiting.count).toBeLessThan(20);
    expect(harness.logs.having('WARN', 'too many requests wait on its connection')).toHaveLength(1);
    expect((await harness.post(url, harness.text())).status).toBe(200);
  });

  it('of a few requests behind each other is answered, in this order', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run({ providers: [CountingInbox] });
    using sender = await Connection.open(url);
    const bodies = [harness.text('1'), {}, harness.text('2'), harness.text('3')];
    sender.socket.write(bodies.map((body) => rawPost(JSON.stringify(body))).join(''));
    await eventually('four answers', () => sender.statuses.length === 4);
    expect(sender.statuses).toEqual([200, 400, 200, 200]);
    expect(app.get(CountingInbox).seen).toBe(3);
  });

  it('of announced bodies is refused before a byte of them is sent, and others are not', async () => {
    await using harness = await WebhookHarness.start(platform, 1101000001, 1101000002);
    const { url } = await harness.run({ providers: [CountingInbox] }, TWO_TOKENS);
    const flood = await Promise.all(Array.from({ length: 8 }, () => Connection.open(url)));
    for (const { socket } of flood) socket.write(rawPost('', { length: 5 * MIB }));
    const refused = () => flood.filter(({ statuses }) => statuses[0] === 503);
    await eventually('five to be refused', () => refused().length === 5);
    const body = harness.emulator.instance(1101000002).build.incomingText('y'.repeat(4 * MIB));
    const headers = { authorization: `Bearer ${OTHER_TOKEN}` };
    expect((await harness.post(url, body, { headers })).status).toBe(200);
    expect(refused()).toHaveLength(5);
    for (const { socket } of flood) socket.destroy();
  });

  it('of refused bodies is not read to its end', async () => {
    await using harness = await WebhookHarness.start(platform);
    const { app, url } = await harness.run({ providers: [CountingInbox] });
    const sockets: Socket[] = [];
    (app.getHttpServer() as Server).on('connection', (socket: Socket) => sockets.push(socket));
    const body = 'x'.repeat(MIB);
    const flood = await Promise.all(Array.from({ length: 100 }, () => Connection.open(url)));
    for (const { socket } of flood) socket.write(rawPost(body, { length: 6 * MIB }));
    await Promise.all(flood.map((connection) => connection.closed()));
    const readBytes = sockets.reduce((sum, { bytesRead }) => sum + bytesRead, 0);
    expect(readBytes).toBeLessThan(40 * MIB);
    expect((await harness.post(url, harness.text())).status).toBe(200);
  });
});
