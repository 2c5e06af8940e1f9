import { type IncomingMessage, request } from 'node:http';

export interface PostOptions {
  readonly method?: string;
  readonly headers?: Record<string, string | string[]>;
}

export interface Answer {
  readonly status: number;
  readonly body: string;
  readonly headers: IncomingMessage['headers'];
}

/** One POST on a connection of its own. */
export function post(
  url: string,
  body: string,
  { method = 'POST', headers = {} }: PostOptions = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    let answered = false;
    const sent = request(url, {
      method,
      agent: false,
      headers: {
        'content-type': 'application/json; charset=utf-8',
        'content-length': String(Buffer.byteLength(body)),
        ...headers,
      },
    });
    sent.on('response', async (response) => {
      answered = true;
      const chunks: string[] = [];
      for await (const chunk of response.setEncoding('utf8')) chunks.push(String(chunk));
      resolve({
        status: response.statusCode ?? 0,
        body: chunks.join(''),
        headers: response.headers,
      });
    });
    // Whoever answers before the whole body is there may end the connection.
    sent.on('error', (error) => {
      if (!answered) reject(error);
    });
    sent.end(body);
  });
}
