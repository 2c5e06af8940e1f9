import type { IncomingMessage } from 'node:http';

/** Every `Authorization` header as it was sent; Node's `headers` drops all but the first. */
export function authorizationHeaders({ rawHeaders }: IncomingMessage): readonly string[] {
  return rawHeaders.filter(
    (_value, index) => index % 2 === 1 && rawHeaders[index - 1]?.toLowerCase() === 'authorization',
  );
}
