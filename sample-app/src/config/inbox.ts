import { pgBossInbox } from '@green-notifications/inbox';
import type { ConfigService } from '@nestjs/config';

import type { Environment } from './environment.js';

const PGLITE = 'pglite:';

/** The inbox that `GREEN_API_INBOX` names: undefined, or one on PGlite or PostgreSQL. */
export function inboxOf(config: ConfigService<Environment, true>) {
  const place = config.get('GREEN_API_INBOX', { infer: true });
  const role = config.get('GREEN_API_INBOX_ROLE', { infer: true });
  if (place === 'none') return undefined;
  return place.startsWith(PGLITE)
    ? pgBossInbox({ directory: place.slice(PGLITE.length), role })
    : pgBossInbox({ connectionString: place, role });
}
