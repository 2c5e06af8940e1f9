import { htmlAnswer } from '../../http/html.answer.js';
import type { HttpFault } from './http.fault.js';

const TITLES = {
  403: 'Forbidden',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Temporarily Unavailable',
  504: 'Gateway Time-out',
} as const;

/** The HTML page of the proxy in front of GREEN-API: 403, 500, 502, 503 or 504. */
export function proxyPage(status: keyof typeof TITLES): HttpFault {
  return {
    name: `proxyPage(${status})`,
    play: (exchange) => exchange.send(htmlAnswer(status, TITLES[status])),
  };
}
