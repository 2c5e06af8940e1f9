import { describe, expect, it } from '@jest/globals';

import { RequestReader } from './request.reader.js';

describe('RequestReader', () => {
  it('finds every request, however the bytes are cut', () => {
    const text =
      'DELETE /a HTTP/1.1\r\nHost: x\r\n\r\nGET /b HTTP/1.1\r\n\r\n' +
      'POST /c HTTP/1.1\r\nContent-Length: 4\r\n\r\nGET GET /d HTTP/1.1\r\n\r\n';
    for (let length = 1; length <= text.length; length += 1) {
      const reader = new RequestReader();
      const targets: string[] = [];
      for (let from = 0; from < text.length; from += length) {
        const chunk = Buffer.from(text.slice(from, from + length));
        targets.push(...reader.read(chunk).map(({ httpMethod, target }) => httpMethod + target));
      }
      expect(targets).toEqual(['DELETE/a', 'GET/b', 'POST/c', 'GET/d']);
    }
  });
});
