/** The parts of a GREEN-API URL: `[/v3]/waInstance{id}/{method}/{token}[/{parameter}][?query]`. */
export interface RequestAddress {
  /** As in the URL, so it may not be a number. */
  readonly idInstance: string;
  readonly method: string;
  /** Empty if it is missing. */
  readonly apiTokenInstance: string;
  readonly parameter: string | undefined;
  readonly query: URLSearchParams;
}

const SHAPE = /^(?:\/v3)?\/waInstance([^/]*)\/([^/]+)(?:\/([^/]*))?(?:\/(.*))?$/;

/** Parses a URL; undefined if it is not a GREEN-API URL. */
export function parseRequestAddress(url: string): RequestAddress | undefined {
  const [path = '', search = ''] = url.split(/\?(.*)/s);
  const parts = SHAPE.exec(path);
  if (!parts) return undefined;
  const [, idInstance = '', method = '', apiTokenInstance = '', parameter] = parts;
  return { idInstance, method, apiTokenInstance, parameter, query: new URLSearchParams(search) };
}
