import { Readable } from 'node:stream';
import { arrayBuffer, text } from 'node:stream/consumers';
import { ReadableStream } from 'node:stream/web';

import { FormData } from 'undici/index.js';

/** What a file can be made of. A stream is not read before it is sent. */
export type FileContent =
  Blob | Uint8Array | Readable | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array>;

/** The streams of files that are not in memory, to close them if the call fails. */
const STREAMS = new WeakMap<File, Readable>();

/**
 * A file for `client.call('sendFileByUpload', …)`. It is a `File` of the platform. One that is made
 * of a stream is sent without being in memory as a whole, and can be sent once.
 *
 * @param name the name of the file that the chat sees, with its extension
 * @param options.type its MIME type. Default: the type of a Blob, otherwise none
 * @param options.sizeBytes the size of a stream. Without it the upload has no `Content-Length`
 */
export function fileToSend(
  content: FileContent,
  name: string,
  options: { readonly type?: string; readonly sizeBytes?: number } = {},
): File {
  if (content instanceof Blob) return new File([content], name, { type: content.type, ...options });
  const file = new File(content instanceof Uint8Array ? [content] : [], name, options);
  return content instanceof Uint8Array ? file : streamed(file, content, options.sizeBytes);
}

/** Makes a file read from `content`. A size that is not known is undefined, as undici expects. */
function streamed(
  file: File,
  content: AsyncIterable<Uint8Array | string>,
  sizeBytes: number | undefined,
): File {
  if (content instanceof Readable) {
    STREAMS.set(file, content);
    // It may fail before it is read. The call then fails with its error.
    content.on('error', () => undefined);
  }
  const stream = () => ReadableStream.from(bytesOf(content));
  return Object.defineProperties(file, {
    size: { value: sizeBytes },
    stream: { value: stream },
    text: { value: () => text(stream()) },
    arrayBuffer: { value: () => arrayBuffer(stream()) },
  });
}

async function* bytesOf(content: AsyncIterable<Uint8Array | string>): AsyncGenerator<Uint8Array> {
  for await (const chunk of content) yield typeof chunk === 'string' ? Buffer.from(chunk) : chunk;
}

/** The request as a form, if it has a file: each field is a part. Undefined if it has none. */
export function formOf(request: object): FormData | undefined {
  const fields = Object.entries(request);
  if (!fields.some(([, value]) => value instanceof Blob)) return undefined;
  const form = new FormData();
  for (const [name, value] of fields) {
    if (value instanceof Blob) form.append(name, value);
    else if (value !== undefined) form.append(name, textOf(value));
  }
  return form;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Closes the streams of a request whose call has ended, sent or not. */
export function releaseFiles(request: object): void {
  for (const value of Object.values(request)) {
    if (value instanceof File) STREAMS.get(value)?.destroy();
  }
}
