import { createReadStream, openAsBlob } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';

import { answerWith } from '@green-notifications/emulator';
import { type FileContent, fileToSend } from '@green-notifications/nestjs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';

import { CallingApp, emulatorOf, ID } from './support/calling.app.js';
import { RecordingServer } from './support/recording.server.js';

const chatId = '79990000000@c.us';
const text = 'ünï '.repeat(100_000);

describe('a file that is uploaded', () => {
  let folder: string;
  let path: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'upload-'));
    path = join(folder, 'text.txt');
    await writeFile(path, text);
  });

  afterAll(() => rm(folder, { recursive: true }));

  it.each<[string, () => FileContent | Promise<FileContent>]>([
    ['a Buffer', () => Buffer.from(text)],
    ['a Blob', () => new Blob([text])],
    ['a Blob of a file', () => openAsBlob(path)],
    ['a stream of a file', () => createReadStream(path)],
    ['a stream of the web', () => new Blob([text]).stream()],
    ['a stream of texts', () => Readable.from(['ünï '.repeat(50_000), 'ünï '.repeat(50_000)])],
  ])('arrives whole, with its name and type, from %s', async (_, open) => {
    await using emulator = await emulatorOf();
    await using app = await CallingApp.start({ apiUrl: emulator.url });
    const file = fileToSend(await open(), 'Größe "1".txt', { type: 'text/x-test' });
    const { idMessage } = await app.client.call('sendFileByUpload', {
      chatId,
      file,
      count: 2,
      nothing: undefined,
    });
    const [call] = emulator.instance(ID).calls;
    expect(call).toMatchObject({ method: 'sendFileByUpload', idMessage });
    const { file: arrived, ...fields } = call!.body as { file: File };
    expect(fields).toEqual({ chatId, count: '2' });
    expect(arrived.type).toBe('text/x-test');
    expect(arrived.name).toBe('Größe "1".txt');
    expect(await arrived.text()).toBe(text);
  });

  it('keeps the name and type of a File', async () => {
    await using emulator = await emulatorOf();
    await using app = await CallingApp.start({ apiUrl: emulator.url });
    const file = new File(['hello'], 'hello.txt', { type: 'text/x-test' });
    await app.client.call('sendFileByUpload', { chatId, file });
    const { file: arrived } = emulator.instance(ID).calls[0]!.body as { file: File };
    expect([arrived.name, arrived.type]).toEqual(['hello.txt', 'text/x-test']);
  });

  it('is sent while its stream is being read', async () => {
    await using server = await RecordingServer.start((response) =>
      response.end('{"idMessage":"A"}'),
    );
    await using app = await CallingApp.start({ apiUrl: server.url });
    let firstHasArrived: () => void = () => undefined;
    const arrival = new Promise<void>((resolve) => {
      firstHasArrived = resolve;
    });
    server.onData = () => firstHasArrived();
    async function* content() {
      yield Buffer.from('first');
      // Without the first part at the server, there is no second.
      await arrival;
      yield Buffer.from('second');
    }
    await app.client.call('sendFileByUpload', { chatId, file: fileToSend(content(), 'a.txt') });
    const [{ headers, body }] = server.requests as [(typeof server.requests)[0]];
    expect(headers['transfer-encoding']).toBe('chunked');
    expect(body.toString()).toContain('firstsecond');
  });

  it('has a length if the size of its stream is given', async () => {
    await using server = await RecordingServer.start((response) =>
      response.end('{"idMessage":"A"}'),
    );
    await using app = await CallingApp.start({ apiUrl: server.url });
    const file = fileToSend(Readable.from([Buffer.from('hello')]), 'a.txt', { sizeBytes: 5 });
    await app.client.call('sendFileByUpload', { chatId, file });
    expect(server.requests[0]?.headers).toMatchObject({
      'content-length': String(server.requests[0]?.body.length),
    });
  });

  it.each([
    ['GREEN-API refuses it', {}, 'rejects the token'],
    [
      'it is aborted before it is sent',
      { signal: AbortSignal.abort(new Error('enough')) },
      'enough',
    ],
  ])('is closed when %s', async (_, options, message) => {
    await using emulator = await emulatorOf();
    await using app = await CallingApp.start({ apiUrl: emulator.url });
    emulator.faults.next({ method: 'sendFileByUpload' }, answerWith({ status: 401 }));
    const stream = createReadStream(path);
    const closed = new Promise<void>((resolve) => stream.on('close', () => resolve()));
    const file = fileToSend(stream, 'text.txt');
    await expect(app.client.call('sendFileByUpload', { chatId, file }, options)).rejects.toThrow(
      message,
    );
    await closed;
  });

  it('ends the call when its stream fails', async () => {
    await using emulator = await emulatorOf();
    await using app = await CallingApp.start({ apiUrl: emulator.url });
    const file = fileToSend(createReadStream(join(folder, 'missing')), 'text.txt');
    await expect(app.client.call('sendFileByUpload', { chatId, file })).rejects.toThrow(/ENOENT/);
    expect(emulator.instance(ID).calls).toEqual([]);
  });

  it('can be aborted on its way, and is closed then', async () => {
    await using server = await RecordingServer.start();
    await using app = await CallingApp.start({ apiUrl: server.url });
    const abort = new AbortController();
    server.onData = () => abort.abort(new Error('enough'));
    const stream = new Readable({ read() {} });
    stream.push('the beginning');
    const closed = new Promise<void>((resolve) => stream.on('close', () => resolve()));
    const file = fileToSend(stream, 'endless.txt');
    await expect(
      app.client.call('sendFileByUpload', { chatId, file }, { signal: abort.signal }),
    ).rejects.toThrow('enough');
    await closed;
    expect(server.requests).toEqual([]);
  });
});
