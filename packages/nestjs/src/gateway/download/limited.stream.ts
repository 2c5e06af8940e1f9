import { Readable } from 'node:stream';

import { DownloadFailedError, DownloadStalledError, FileTooLargeError } from './download.errors.js';

/** What a download must keep to. */
export interface Limits {
  /** For errors. */
  readonly url: URL;
  readonly maxBytes: number;
  readonly stalledAfterMs: number;
  readonly signal: AbortSignal | undefined;
}

/** So much has to arrive in `stalledAfterMs`, or the rest of the file. */
const PROGRESS_BYTES = 16 * 1024;

/**
 * A stream of `body` that fails if it is too large or too slow. Only the time in which it waits for
 * `body` counts, not that of its reader.
 */
export class LimitedStream extends Readable {
  private readonly chunks: AsyncIterator<Buffer>;
  private bytes = 0;
  /** Since there was progress. */
  private recentBytes = 0;
  private waitedMs = 0;
  private timer: NodeJS.Timeout | undefined;
  private readonly abort = () => this.destroy(this.limits.signal?.reason as Error);

  constructor(
    private readonly body: Readable,
    private readonly limits: Limits,
  ) {
    super();
    this.chunks = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
    limits.signal?.addEventListener('abort', this.abort);
    // It may fail before it is read. Whoever reads it then gets the error.
    this.on('error', () => undefined);
  }

  override _read(): void {
    this.pull().catch((cause: unknown) => {
      this.destroy(new DownloadFailedError(this.limits.url, 'it was broken off', { cause }));
    });
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    clearTimeout(this.timer);
    this.limits.signal?.removeEventListener('abort', this.abort);
    this.body.destroy();
    callback(error);
  }

  private async pull(): Promise<void> {
    const { url, stalledAfterMs } = this.limits;
    const startedAt = performance.now();
    const stalled = () => this.destroy(new DownloadStalledError(url, stalledAfterMs));
    this.timer = setTimeout(stalled, Math.max(0, stalledAfterMs - this.waitedMs));
    const { done, value } = await this.chunks.next();
    clearTimeout(this.timer);
    this.waitedMs += performance.now() - startedAt;
    if (done) this.push(null);
    else this.receive(value);
  }

  private receive(chunk: Buffer): void {
    const { url, maxBytes } = this.limits;
    this.bytes += chunk.length;
    this.recentBytes += chunk.length;
    if (this.recentBytes >= PROGRESS_BYTES) this.recentBytes = this.waitedMs = 0;
    if (this.bytes > maxBytes) this.destroy(new FileTooLargeError(url, maxBytes));
    else this.push(chunk);
  }
}
