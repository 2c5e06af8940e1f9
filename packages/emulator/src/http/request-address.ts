/** A GREEN-API URL taken apart: `[/v3]/waInstance{id}/{method}/{token}[/{parameter}][?query]`. */
export interface RequestAddress {
  /** As it came; not necessarily a number. */
  readonly idInstance: string;
  readonly method: string;
  /** Empty if missing. */
  readonly apiTokenInstance: string;
  readonly parameter: string | undefined;
  readonly query: URLSearchParams;
}

const SHAPE = /^(?:\/v3)?\/waInstance([^/]*)\/([^/]+)(?:\/([^/]*))?(?:\/(.*))?$/;

/** Undefined if the URL is not one of GREEN-API's. */
export function parseRequestAddress(url: string): RequestAddress | undefined {
  const [path = '', search = ''] = url.split(/\?(.*)/s);
  const parts = SHAPE.exec(path);
  if (!parts) return undefined;
  const [, idInstance = '', method = '', apiTokenInstance = '', parameter] = parts;
  return { idInstance, method, apiTokenInstance, parameter, query: new URLSearchParams(search) };
}
