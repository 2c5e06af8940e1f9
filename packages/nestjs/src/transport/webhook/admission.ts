import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Instance } from '../../instance/instance.js';

/** A POST that may be handled. */
export interface Admission {
  /** Whose it is; undefined if its body does not say and it could be that of several. */
  readonly instance: Instance | undefined;
  /** A JSON object, not yet known to be a notification. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Lets a request in, or answers it and gives nothing. */
export type Entrance = (
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<Admission | undefined>;
