import type { ServerResponse } from 'node:http';
import { type AddressInfo, createServer } from 'node:net';
import { Readable } from 'node:stream';
import { buffer, text } from 'node:stream/consumers';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';

import {
  DownloadFailedError,
  DownloadStalledError,
  FileTooLargeError,
  fileOf,
  ForbiddenAddressError,
  GreenNotifications,
  NoDownloadUrlError,
} from '@green-notifications/nestjs';
import {
  incomingMessage,
  incomingText,
  NotificationTestBed,
} from '@green-notifications/nestjs/testing';
import { describe, expect, it } from '@jest/globals';

import { Deferred } from '../support/deferred.js';
import { CallingApp } from './support/calling.app.js';
import { RecordingServer } from './support/recording.server.js';

const SECRET = 'signature-of-the-url';

/** A server of files on the origin of `apiUrl`, as the emulator is, and a client. */
async function scene(answer: (response: ServerResponse, path: string) => unknown) {
  const server = await RecordingServer.start((response) =>
    answer(response, response.req.url ?? ''),
  );
  const app = await CallingApp.start({ apiUrl: server.url });
  return {
    server,
    client: app.client,
    file: { downloadUrl: `${server.url}/file?key=${SECRET}` },
    async [Symbol.asyncDispose]() {
      await app[Symbol.asyncDispose]();
      await server[Symbol.asyncDispose]();
    },
  };
}

/** A server that nobody may connect to. */
async function trap() {
  let connections = 0;
  const server = createServer((socket) => {
    connections += 1;
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return connections;
    },
    async [Symbol.asyncDispose]() {
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const redirect = (location: string) => (response: ServerResponse) =>
  response.writeHead(302, { location }).end();

describe('client.download', () => {
  it('streams a file', async () => {
    await using place = await scene((response) => response.end('the content'));
    const { client, server, file } = place;
    expect(await text(await client.download(file))).toBe('the content');
    expect(server.requests.map(({ url }) => url)).toEqual([`/file?key=${SECRET}`]);
  });

  it('says where to look if the notification has no URL', async () => {
    await using place = await scene((response) => response.end());
    const failing = place.client.download(fileOf(incomingText('hello')));
    await expect(failing).rejects.toThrow(NoDownloadUrlError);
    await expect(failing).rejects.toThrow("client.call('downloadFile', { chatId, idMessage })");
  });

  it('follows three redirects to the same origin, and not a fourth', async () => {
    await using place = await scene((response, path) => {
      const left = Number(path.slice(1));
      return left === 0 ? response.end('here') : redirect(`/${left - 1}`)(response);
    });
    const { client, server } = place;
    const from = (count: number) => client.download({ downloadUrl: `${server.url}/${count}` });
    expect(await text(await from(3))).toBe('here');
    await expect(from(4)).rejects.toThrow('more than 3 redirects');
  });

  it('fails with the status, and without what follows the host in the URL', async () => {
    await using place = await scene((response) => response.writeHead(403).end(SECRET));
    const { client, file } = place;
    const error = await client.download(file).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DownloadFailedError);
    expect(error).toMatchObject({ status: 403 });
    expect(String(error)).toContain('HTTP 403');
    expect(String(error)).not.toMatch(/signature|file\?/);
  });

  it('fails if the server does not answer, without the URL', async () => {
    await using place = await scene((response) => response.destroy());
    const error = await place.client.download(place.file).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(DownloadFailedError);
    expect(inspect(error, { depth: 5 })).not.toContain(SECRET);
  });

  it('ends with the reason of its signal, also while it is read', async () => {
    await using place = await scene((response) => response.write('the beginning'));
    const { client, file } = place;
    const early = AbortSignal.abort(new Error('too late'));
    await expect(client.download(file, { signal: early })).rejects.toThrow('too late');
    const abort = new AbortController();
    const stream = await client.download(file, { signal: abort.signal });
    const reading = (async () => {
      for await (const _ of stream) abort.abort(new Error('enough'));
    })();
    await expect(reading).rejects.toThrow('enough');
  });

  it('that nobody reads ends quietly', async () => {
    await using place = await scene((response) => response.write('the beginning'));
    const abort = new AbortController();
    const stream = await place.client.download(place.file, { signal: abort.signal });
    const closed = new Promise<void>((resolve) => stream.once('close', () => resolve()));
    abort.abort(new Error('enough'));
    await closed;
    await expect(text(stream)).rejects.toThrow('enough');
  });

  it('lets go of the connection when its stream is destroyed', async () => {
    const gone = new Deferred();
    await using place = await scene((response) => {
      response.on('close', () => gone.resolve());
      response.write('the beginning');
    });
    const stream = await place.client.download(place.file);
    stream.once('data', () => stream.destroy());
    await expect(gone.promise).resolves.toBeUndefined();
  });

  it('of the test bed needs no network, and is recorded', async () => {
    await using bed = await NotificationTestBed.create({ providers: [] });
    const { client } = bed.get(GreenNotifications).instance();
    const file = fileOf(incomingMessage('imageMessage', { downloadUrl: 'https://a.example/b?c' }));
    expect(await text(await client.download(file))).toBe('content');
    bed.answerNext('download', { status: 200, body: Buffer.from([1, 2]) });
    expect(await buffer(await client.download(file))).toEqual(Buffer.from([1, 2]));
    bed.answerNext('download', { status: 404 });
    await expect(client.download(file)).rejects.toMatchObject({ status: 404 });
    expect(bed.calls[0]).toMatchObject({
      method: 'download',
      body: { downloadUrl: 'https://a.example/b?c' },
    });
  });
});

describe('client.download, attacked', () => {
  it.each([
    ['127.0.0.1', (port: number) => `https://127.0.0.1:${port}/`],
    ['127.0.0.1 without https', (port: number) => `http://127.0.0.1:${port}/`],
    ['another spelling of 127.0.0.1', (port: number) => `https://0x7f.1:${port}/`],
    ['127.0.0.1 in IPv6', (port: number) => `https://[::ffff:127.0.0.1]:${port}/`],
    ['0.0.0.0', (port: number) => `https://0.0.0.0:${port}/`],
    ['a name that resolves to loopback', (port: number) => `https://localhost:${port}/`],
    ['a loopback name without https', (port: number) => `http://localhost:${port}/`],
  ])('does not connect to %s, from the start or by a redirect', async (_, urlOf) => {
    await using trapped = await trap();
    const downloadUrl = `${urlOf(trapped.port)}?key=${SECRET}`;
    await using place = await scene(redirect(downloadUrl));
    for (const file of [{ downloadUrl }, place.file]) {
      const error = await place.client.download(file).catch((thrown: unknown) => thrown);
      expect(error).toBeInstanceOf(ForbiddenAddressError);
      expect(String(error)).not.toContain(SECRET);
    }
    expect(trapped.connections).toBe(0);
  });

  it.each([
    'https://169.254.169.254/latest/meta-data/',
    'http://169.254.169.254/latest/meta-data/',
    'https://10.0.0.1/',
    'https://[fe80::1]/',
    'https://[fd00:ec2::254]/',
    'http://example.com/',
    'file:///etc/passwd',
    'data:text/plain,hello',
    'ftp://example.com/',
    'https://',
  ])('does not go to %s, from the start or by a redirect', async (downloadUrl) => {
    await using place = await scene(redirect(downloadUrl));
    await expect(place.client.download({ downloadUrl })).rejects.toThrow(ForbiddenAddressError);
    await expect(place.client.download(place.file)).rejects.toThrow(ForbiddenAddressError);
  });

  it('refuses what is no URL', async () => {
    await using place = await scene((response) => response.end());
    const failing = place.client.download({ downloadUrl: '{{SWE002}}' });
    await expect(failing).rejects.toThrow('something that is no URL');
  });

  it('does not go to the origin of an apiUrl that is another', async () => {
    await using other = await scene((response) => response.end('of another'));
    await using place = await scene((response) => response.end());
    // The connection that the other instance may use is open.
    expect(await text(await other.client.download(other.file))).toBe('of another');
    await expect(place.client.download(other.file)).rejects.toThrow(ForbiddenAddressError);
  });

  it('refuses a file that says that it is too large, and reads nothing of it', async () => {
    await using place = await scene((response) =>
      response.writeHead(200, { 'content-length': 11 }).write('the content'),
    );
    const { client, file } = place;
    await expect(client.download(file, { maxBytes: 10 })).rejects.toThrow(FileTooLargeError);
    await expect(client.download(file, { maxBytes: 10 })).rejects.toThrow(/maxBytes/);
  });

  it('refuses more than 100 MiB by default', async () => {
    const size = 100 * 1024 * 1024 + 1;
    await using place = await scene((response) =>
      response.writeHead(200, { 'content-length': size }).write('a'),
    );
    await expect(place.client.download(place.file)).rejects.toMatchObject({ maxBytes: size - 1 });
  });

  it('ends a body that does not end', async () => {
    await using place = await scene((response) => {
      const endless = Readable.from(
        (function* () {
          for (;;) yield Buffer.alloc(64 * 1024);
        })(),
      );
      response.on('close', () => endless.destroy());
      endless.pipe(response);
    });
    const stream = await place.client.download(place.file, { maxBytes: 1024 * 1024 });
    let bytes = 0;
    const reading = (async () => {
      for await (const chunk of stream) bytes += (chunk as Buffer).length;
    })();
    await expect(reading).rejects.toThrow(FileTooLargeError);
    expect(bytes).toBeLessThanOrEqual(1024 * 1024);
  });

  it.each([
    ['longer', 5, 'the c'],
    ['as long as', 11, 'the content'],
  ])('reads no more of a body that is %s than its Content-Length', async (_, length, expected) => {
    await using place = await scene((response) =>
      response.socket?.end(`HTTP/1.1 200 OK\r\nContent-Length: ${length}\r\n\r\nthe content`),
    );
    const stream = await place.client.download(place.file);
    expect(await text(stream)).toBe(expected);
  });

  it('fails if a body is shorter than its Content-Length', async () => {
    await using place = await scene((response) =>
      response.socket?.end('HTTP/1.1 200 OK\r\nContent-Length: 20\r\n\r\nthe content'),
    );
    const stream = await place.client.download(place.file);
    await expect(text(stream)).rejects.toThrow(DownloadFailedError);
  });

  it('ends a body that drips', async () => {
    await using place = await scene((response) => {
      const drip = setInterval(() => response.write('.'), 2);
      response.on('close', () => clearInterval(drip));
    });
    const stream = await place.client.download(place.file, { stalledAfterMs: 100 });
    await expect(text(stream)).rejects.toThrow(DownloadStalledError);
  });

  it('fails if there is no answer', async () => {
    await using place = await scene(() => undefined);
    const failing = place.client.download(place.file, { stalledAfterMs: 50 });
    await expect(failing).rejects.toThrow(DownloadFailedError);
  });

  it('does not take the time of a slow reader for that of the server', async () => {
    const content = 'x'.repeat(1024 * 1024);
    await using place = await scene((response) => response.end(content));
    const stream = await place.client.download(place.file, { stalledAfterMs: 200 });
    const parts: Buffer[] = [];
    const timer = { over: false };
    setTimeout(() => (timer.over = true), 400);
    for await (const part of stream) {
      parts.push(part as Buffer);
      if (parts.length > 1) continue;
      while (!timer.over) await new Promise(setImmediate);
    }
    expect(Buffer.concat(parts).toString()).toBe(content);
  });

  it('does not decompress', async () => {
    const bomb = gzipSync(Buffer.alloc(10 * 1024 * 1024));
    await using place = await scene((response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb),
    );
    const { client, file, server } = place;
    const stream = await client.download(file, { maxBytes: bomb.length });
    expect((await buffer(stream)).equals(bomb)).toBe(true);
    expect(server.requests[0]?.headers['accept-encoding']).toBe('identity');
  });
});
