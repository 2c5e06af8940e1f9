import { GreenNotificationsError } from '../../common/green-notifications.error.js';
import { printable } from '../../common/printable.js';

/**
 * A file could not be downloaded. The message names the host, but not the rest of the URL, because
 * that may give access to the file.
 */
export abstract class DownloadError extends GreenNotificationsError {
  protected constructor(url: URL | undefined, problem: string, cause?: unknown) {
    const file = url === undefined ? 'the file' : `the file at ${printable(url.host)}`;
    super(`${file} was not downloaded: ${problem}`, cause === undefined ? undefined : { cause });
  }
}

/** There is no URL to download from. */
export class NoDownloadUrlError extends DownloadError {
  readonly code = 'NO_DOWNLOAD_URL';

  constructor() {
    super(
      undefined,
      "there is no downloadUrl; look it up with client.call('downloadFile', { chatId, idMessage })",
    );
  }
}

/** The file is larger than `maxBytes`. */
export class FileTooLargeError extends DownloadError {
  readonly code = 'FILE_TOO_LARGE';

  constructor(
    url: URL,
    /** The limit, in bytes. */
    readonly maxBytes: number,
  ) {
    super(url, `it has more than ${maxBytes} bytes; raise maxBytes if you expect such files`);
  }
}

/** The URL, or a redirect, leads to where a file from outside must not be downloaded from. */
export class ForbiddenAddressError extends DownloadError {
  readonly code = 'FORBIDDEN_ADDRESS';

  constructor(url: URL | undefined, problem: string) {
    super(
      url,
      `${problem}; only https to a public address is allowed, or the origin of a local apiUrl`,
    );
  }
}

/** Too little arrived for too long. */
export class DownloadStalledError extends DownloadError {
  readonly code = 'DOWNLOAD_STALLED';

  constructor(
    url: URL,
    /** How long, in milliseconds. */
    readonly stalledMs: number,
  ) {
    super(url, `too little arrived in ${stalledMs} ms; try again, or raise stalledAfterMs`);
  }
}

/** The server did not send the file, or not all of it. */
export class DownloadFailedError extends DownloadError {
  readonly code = 'DOWNLOAD_FAILED';

  /** The HTTP status, if that is the problem. */
  readonly status: number | undefined;

  /** @internal */
  constructor(
    url: URL,
    problem: string,
    { status, cause }: { readonly status?: number; readonly cause?: unknown } = {},
  ) {
    const fix = "get a new URL from client.call('downloadFile', { chatId, idMessage })";
    super(url, `${problem}; try again, or ${fix}`, cause);
    this.status = status;
  }
}
