import type { Readable } from 'node:stream';

import type { Dispatcher } from 'undici';

import type { Connections } from '../connections.js';
import {
  DownloadError,
  DownloadFailedError,
  FileTooLargeError,
  ForbiddenAddressError,
  NoDownloadUrlError,
} from './download.errors.js';
import { type Limits, LimitedStream } from './limited.stream.js';
import { isLoopbackHost } from './public-address.js';
import { NotPublicError } from './public.agent.js';

/** Where a file is: what `fileOf` returns, or what `call('downloadFile')` answers. */
export interface DownloadableFile {
  readonly downloadUrl: string;
}

/** Options of `client.download`. */
export interface DownloadOptions {
  /**
   * The largest file, in bytes. A larger one ends with a `FileTooLargeError`.
   *
   * @default 104857600 (100 MiB), as large as a file of GREEN-API may be
   */
  readonly maxBytes?: number;
  /** Ends the download with its reason, also while the stream is read. */
  readonly signal?: AbortSignal;
  /**
   * How long to wait for the server, in milliseconds: for its answer, and then for each 16 KiB. The
   * time that the reader of the stream takes does not count.
   *
   * @default 30000
   */
  readonly stalledAfterMs?: number;
}

const MAX_BYTES = 100 * 1024 * 1024;
const STALLED_AFTER_MS = 30_000;
const MOST_REDIRECTS = 3;
const REDIRECTS: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

/**
 * Downloads a file from a URL that came from outside. Whoever sends a notification chooses the URL,
 * so it must not lead to what only this machine can reach.
 *
 * @param apiUrl a local one, such as the emulator's, may serve files, too
 */
export async function download(
  connections: Pick<Connections, 'shared' | 'downloads'>,
  apiUrl: string,
  file: DownloadableFile | undefined,
  options: DownloadOptions,
): Promise<Readable> {
  const { maxBytes = MAX_BYTES, stalledAfterMs = STALLED_AFTER_MS, signal } = options;
  if (!file?.downloadUrl) throw new NoDownloadUrlError();
  signal?.throwIfAborted();
  let url = urlOf(file.downloadUrl);
  let isLocal = isOriginOf(apiUrl, url);
  for (let redirects = 0; ; redirects += 1) {
    if (!isLocal) refuseInsecure(url);
    const over = isLocal ? connections.shared : connections.downloads;
    const answer = await request(over, url, stalledAfterMs, signal);
    if (answer.statusCode === 200) {
      return bodyOf(answer, { url, maxBytes, stalledAfterMs, signal });
    }
    answer.body.destroy();
    const location = redirectOf(answer, url);
    if (redirects === MOST_REDIRECTS) {
      throw new DownloadFailedError(url, `there are more than ${MOST_REDIRECTS} redirects`);
    }
    url = urlOf(location, url);
    // What is public must not lead back to what is local.
    isLocal &&= isOriginOf(apiUrl, url);
  }
}

function bodyOf({ headers, body }: Dispatcher.ResponseData, limits: Limits): Readable {
  const sizeBytes = Number(headers['content-length'] ?? 0);
  if (!(sizeBytes > limits.maxBytes)) return new LimitedStream(body, limits);
  body.destroy();
  throw new FileTooLargeError(limits.url, limits.maxBytes);
}

/** @throws {DownloadFailedError} if the answer is no redirect */
function redirectOf({ statusCode, headers }: Dispatcher.ResponseData, url: URL): string {
  const { location } = headers;
  if (REDIRECTS.has(statusCode) && typeof location === 'string') return location;
  throw new DownloadFailedError(url, `the answer is HTTP ${statusCode}`, { status: statusCode });
}

/** undici neither follows redirects by itself nor decompresses: a small file stays small. */
async function request(
  over: Dispatcher,
  url: URL,
  stalledAfterMs: number,
  signal: AbortSignal | undefined,
): Promise<Dispatcher.ResponseData> {
  try {
    const answer = await over.request({
      origin: url.origin,
      path: `${url.pathname}${url.search}`,
      method: 'GET',
      headers: { 'accept-encoding': 'identity' },
      headersTimeout: stalledAfterMs,
      bodyTimeout: 0,
      ...(signal && { signal }),
    });
    // Destroyed before it is read, it fails with nobody listening.
    answer.body.on('error', () => undefined);
    return answer;
  } catch (error) {
    signal?.throwIfAborted();
    throw errorOf(url, error);
  }
}

/** @throws {ForbiddenAddressError} which does not contain the URL */
function urlOf(text: string, base?: URL): URL {
  if (URL.canParse(text, base?.href)) return new URL(text, base);
  throw new ForbiddenAddressError(base, 'it leads to something that is no URL');
}

function refuseInsecure(url: URL): void {
  if (url.protocol === 'https:') return;
  throw new ForbiddenAddressError(url, `its URL begins with ${url.protocol}`);
}

/** Whether a URL leads to the server of `apiUrl`, and that is on this machine. */
function isOriginOf(apiUrl: string, url: URL): boolean {
  const { origin, protocol } = new URL(apiUrl);
  return /^https?:$/.test(protocol) && isLoopbackHost(url) && url.origin === origin;
}

function errorOf(url: URL, error: unknown): DownloadError {
  if (error instanceof NotPublicError) return new ForbiddenAddressError(url, error.message);
  const { code } = error as { readonly code?: unknown };
  const detail = typeof code === 'string' ? ` (${code})` : '';
  return new DownloadFailedError(url, `the server did not answer${detail}`, { cause: error });
}
