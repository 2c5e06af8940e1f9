import type { IncomingMessage, ServerResponse } from 'node:http';

import type { Instance } from '../../instance/instance.js';

/** A POST that may be handled. */
export interface Admission {
  /** Whose it is; undefined if its body does not say and it could be that of several. */
  readonly instance: Instance | undefined;
  /** JSON, not yet known to be a notification, or a text that is not JSON. */
  readonly body: unknown;
}

/** Lets a request in, or answers it and gives nothing. */
export type Entrance = (
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<Admission | undefined>;
