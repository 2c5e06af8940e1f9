import type { Answer } from './answer.js';
import { CORS_HEADERS } from './cors.headers.js';

/** What `OPTIONS` is answered. */
export function preflightAnswer(): Answer {
  return {
    status: 200,
    headers: {
      ...CORS_HEADERS,
      'access-control-allow-methods': 'GET, POST, OPTIONS, DELETE, HEAD',
      'access-control-allow-headers':
        'DNT,User-Agent,X-Requested-With,If-Modified-Since,Cache-Control,Content-Type,Range',
      'access-control-max-age': '1728000',
    },
    body: '',
  };
}
