import { describe, expect, it } from '@jest/globals';

import { mediaUrlOf } from './green-api.connection.js';

describe('the media host', () => {
  it.each([
    ['https://api.green-api.com', 'https://media.green-api.com/'],
    ['https://7103.api.greenapi.com', 'https://7103.media.greenapi.com/'],
    ['https://3100.api.green-api.com/v3', 'https://3100.media.green-api.com/v3'],
    ['http://127.0.0.1:4100', 'http://127.0.0.1:4100/'],
    ['https://api.green-api.com.example', 'https://api.green-api.com.example/'],
    ['https://my-api.green-api.com', 'https://my-api.green-api.com/'],
    ['https://proxy.example/api.green-api.com', 'https://proxy.example/api.green-api.com'],
  ])('of %s is %s', (apiUrl, mediaUrl) => {
    expect(mediaUrlOf(apiUrl)).toBe(mediaUrl);
  });
});
