import type { ServerResponse } from 'node:http';

import { describe, expect, it } from '@jest/globals';

import { eventually } from '../road/support/eventually.js';
import { inbox, Journal } from '../road/support/recording-inbox.js';
import { Road } from '../road/support/road.js';
import { CANARY_TOKEN } from '../support/canary.js';
import { LyingGateway } from './support/lying-gateway.js';

const MIB = 1024 * 1024;

const notification = (text: string) =>
  JSON.stringify({
    typeWebhook: 'incomingMessageReceived',
    instanceData: { idInstance: 1101000001, wid: '79001230000@c.us', typeInstance: 'whatsapp' },
    timestamp: 1700000000,
    idMessage: `ID-${text.slice(0, 20)}`,
    senderData: { chatId: '79001230001@c.us', sender: '79001230001@c.us' },
    messageData: { typeMessage: 'textMessage', textMessageData: { textMessage: text } },
  });

const given = (gateway: LyingGateway) => ({
  instances: [
    { idInstance: 1101000001, apiTokenInstance: CANARY_TOKEN, apiUrl: gateway.url },
  ] as const,
});

/** Hands out these bodies, each until it is deleted. */
function queueOf(bodies: string[]) {
  let receipt = 0;
  return (method: string | undefined, response: ServerResponse) => {
    if (method === 'DELETE') {
      bodies.shift();
      response.end('{"result":true}');
      return;
    }
    receipt += 1;
    const [head] = bodies;
    response.end(head === undefined ? 'null' : `{"receiptId":${receipt},"body":${head}}`);
  };
}

/** Sends as many bytes as the other side takes; returns how many those are so far. */
function pour(response: ServerResponse, character: string, mostBytes: number): () => number {
  const chunk = Buffer.alloc(64 * 1024, character);
  let sentBytes = 0;
  const send = () => {
    while (!response.destroyed && sentBytes < mostBytes) {
      sentBytes += chunk.length;
      if (!response.write(chunk)) return;
    }
    response.end();
  };
  response.on('drain', send);
  send();
  return () => sentBytes;
}

describe('a gateway that answers with more than anybody can read', () => {
  it('has the beginning of a notification of 9 MiB stored as a dead letter, and the queue goes on', async () => {
    const answer = queueOf([notification('x'.repeat(9 * MIB)), notification('behind it')]);
    await using gateway = await LyingGateway.start(({ method }, response) =>
      answer(method, response),
    );
    await using road = await Road.start();
    const journal = new Journal();
    await road.run('polling', [inbox(journal)], given(gateway));
    await eventually('the one behind it to be handled', () => journal.runs.length > 0, 20_000);
    expect(journal.runs).toMatchObject([{ text: 'behind it' }]);
    const [letter, ...others] = await road.letters.list();
    expect(others).toEqual([]);
    expect(letter).toMatchObject({ kind: 'unreadable', idInstance: '1101000001' });
    const { body } = letter as { body: string };
    expect(body.startsWith('{"receiptId":')).toBe(true);
    expect(body.length).toBeLessThanOrEqual(64 * 1024);
  });

  it('takes a notification of 7 MiB, and as much as the options allow', async () => {
    const answer = queueOf([notification('y'.repeat(7 * MIB)), notification('z'.repeat(11 * MIB))]);
    await using gateway = await LyingGateway.start(({ method }, response) =>
      answer(method, response),
    );
    await using road = await Road.start();
    const journal = new Journal();
    const polling = { answerLimitBytes: 12 * MIB };
    await road.run('polling', [inbox(journal)], { ...given(gateway), polling });
    await eventually('both to be handled', () => journal.runs.length === 2, 20_000);
    expect(journal.runs.map(({ text }) => text.length)).toEqual([7 * MIB, 11 * MIB]);
  });

  it('is hung up on when an answer has no end, and the status says why', async () => {
    const sent: number[] = [];
    await using gateway = await LyingGateway.start((request, response) => {
      const sentBytes = pour(response, 'x', Infinity);
      request.socket.once('close', () => sent.push(sentBytes()));
    });
    await using road = await Road.start();
    const app = await road.run('polling', [inbox(new Journal())], given(gateway));
    await eventually('the failure', () => app.first.failures.length > 0, 20_000);
    expect(app.first.failures[0]).toMatchObject({ operation: 'receive', code: 'PROTOCOL' });
    expect(app.first.failures[0]!.message).toContain('more than 8388608 bytes');
    await eventually('the end of the connection', () => sent.length > 0, 20_000);
    expect(sent[0]).toBeLessThan(32 * MIB);
  });

  it('reads only the beginning of an error, and shows nothing of its nonsense', async () => {
    const sent: number[] = [];
    await using gateway = await LyingGateway.start((request, response) => {
      response.writeHead(500);
      const sentBytes = pour(response, '[', 60 * MIB);
      request.socket.once('close', () => sent.push(sentBytes()));
    });
    await using road = await Road.start();
    const app = await road.run('polling', [inbox(new Journal())], given(gateway));
    await eventually('the failure', () => app.first.failures.length > 0, 20_000);
    expect(app.first.failures[0]).toMatchObject({ operation: 'receive', code: 'SERVER' });
    await eventually('the end of the connection', () => sent.length > 0, 20_000);
    expect(sent[0]).toBeLessThan(16 * MIB);
    expect(app.first.failures[0]!.message.length).toBeLessThan(600);
  });
});

describe('a gateway that hands out notifications of another instance', () => {
  it('has them handled as those of the instance that was asked, and logs it once', async () => {
    const foreign = (text: string) => notification(text).replace('1101000001', '1101000009');
    const answer = queueOf([foreign('one'), foreign('two'), notification('three')]);
    await using gateway = await LyingGateway.start(({ method }, response) =>
      answer(method, response),
    );
    await using road = await Road.start();
    const journal = new Journal();
    await road.run('polling', [inbox(journal)], given(gateway));
    await eventually('all to be handled', () => journal.runs.length === 3);
    expect(journal.runs.map(({ idInstance }) => idInstance)).toEqual(Array(3).fill('1101000001'));
    expect(road.logs.having('WARN', 'names another instance')).toHaveLength(1);
  });
});

describe('a gateway that never comes to an end', () => {
  const poll = (road: Road, gateway: LyingGateway, journal = new Journal()) =>
    road.run('polling', [inbox(journal)], given(gateway));

  it('by redirects to itself is asked once and not followed', async () => {
    let asked = 0;
    await using gateway = await LyingGateway.start(({ url }, response) => {
      asked += 1;
      response.writeHead(302, { location: url }).end();
    });
    await using road = await Road.start();
    const app = await poll(road, gateway);
    await eventually('the failure', () => app.first.failures.length > 0);
    expect(app.first.failures[0]).toMatchObject({ operation: 'receive', code: 'REQUEST_REFUSED' });
    expect(asked).toBe(1);
  });

  it('by the same receipt for each notification has each handled once', async () => {
    let receives = 0;
    let deleted = 0;
    await using gateway = await LyingGateway.start(({ method }, response) => {
      if (method === 'DELETE') deleted += 1;
      else receives += 1;
      if (method === 'DELETE') response.end('{"result":true}');
      else if (receives > 20) response.end('null');
      else response.end(`{"receiptId":1,"body":${notification(String(receives))}}`);
    });
    await using road = await Road.start();
    const journal = new Journal();
    await poll(road, gateway, journal);
    await eventually('the end of the queue', () => receives > 20);
    expect(journal.texts).toEqual(Array.from({ length: 20 }, (_, index) => String(index + 1)));
    expect(deleted).toBe(20);
  });

  it('by deletions that delete nothing has the notification handled once, and asked for less and less', async () => {
    let asked = 0;
    await using gateway = await LyingGateway.start(({ method }, response) => {
      asked += 1;
      if (method === 'DELETE') response.end('{"result":false}');
      else response.end(`{"receiptId":${asked},"body":${notification('again')}}`);
    });
    await using road = await Road.start();
    const journal = new Journal();
    const app = await poll(road, gateway, journal);
    await eventually('the failure', () => app.first.failures.length > 0);
    expect(app.first.failures[0]).toMatchObject({ operation: 'delete', code: 'UNDELETED_HEAD' });
    expect(journal.texts).toEqual(['again']);
    expect(asked).toBeLessThan(12);
  });

  it('by a deletion of 100 MB is hung up on, and the notification is handled once', async () => {
    const sent: number[] = [];
    await using gateway = await LyingGateway.start((request, response) => {
      if (request.method === 'GET') {
        response.end(`{"receiptId":1,"body":${notification('large')}}`);
        return;
      }
      const sentBytes = pour(response, ' ', 100 * MIB);
      request.socket.once('close', () => sent.push(sentBytes()));
    });
    await using road = await Road.start();
    const journal = new Journal();
    const app = await poll(road, gateway, journal);
    await eventually('the failure', () => app.first.failures.length > 0, 20_000);
    expect(app.first.failures[0]).toMatchObject({ operation: 'delete', code: 'PROTOCOL' });
    await eventually('the end of the connection', () => sent.length > 0, 20_000);
    expect(sent[0]).toBeLessThan(32 * MIB);
    expect(journal.texts).toEqual(['large']);
  });
});

describe('a gateway that hands out receipts that are none', () => {
  it.each(['".."', '"../../x?y#"', '""', '-1', '1e400', '1.5', `"${'9'.repeat(1000)}"`])(
    'gets no DELETE for %s, and the status says why',
    async (receipt) => {
      const deleted: string[] = [];
      await using gateway = await LyingGateway.start(({ method, url }, response) => {
        if (method === 'DELETE') deleted.push(url ?? '');
        response.end(`{"receiptId":${receipt},"body":${notification('hello')}}`);
      });
      await using road = await Road.start();
      const app = await road.run('polling', [inbox(new Journal())], given(gateway));
      await eventually('the failure', () => app.first.failures.length > 0);
      expect(app.first.failures[0]).toMatchObject({ operation: 'receive', code: 'PROTOCOL' });
      expect(app.first.failures[0]!.message).toContain('receiptId is not a whole number');
      expect(deleted).toEqual([]);
    },
  );
});
