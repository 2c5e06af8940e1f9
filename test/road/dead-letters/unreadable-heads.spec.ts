import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import { describe, expect, it } from '@jest/globals';

import { CANARY_TOKEN } from '../../support/canary.js';
import { eventually } from '../support/eventually.js';
import { inbox, Journal } from '../support/recording-inbox.js';
import { Road } from '../support/road.js';

describe('a head that is broken for good', () => {
  it('7. is stored as a dead letter although each hand-out has a receipt of its own', async () => {
    let receipt = 0;
    let isDeleted = false;
    const server = createServer(({ method }, response) => {
      isDeleted ||= method === 'DELETE';
      receipt += 1;
      if (method === 'DELETE') response.end('{"result":true}');
      else response.end(isDeleted ? 'null' : `{"receiptId":${receipt},"body":{"typeWebhook":}}`);
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    await using road = await Road.start();
    const app = await road.run('polling', [inbox(new Journal())], {
      instances: [
        { idInstance: 1, apiTokenInstance: CANARY_TOKEN, apiUrl: `http://127.0.0.1:${port}` },
      ],
    });
    await road.logs.until('WARN', 'is now dead letter');
    expect(await road.letters.list()).toMatchObject([{ kind: 'unreadable', idInstance: '1' }]);
    await eventually('it to be deleted', () => isDeleted);
    await app.nest.close();
    server.closeAllConnections();
    server.close();
  });
});

describe('what is no notification', () => {
  it('is counted, for its instance and in total, by polling', async () => {
    await using road = await Road.start(2);
    const { greenNotifications } = await road.run('polling', [inbox(new Journal())]);
    for (const raw of ['null', '[]', '{"typeWebhook":7}']) road.at(1).publish(raw);
    road.publish('fine');
    await road.drained();
    await eventually('all to be counted', () => greenNotifications.status.unreadable === 3);
    expect(greenNotifications.status).toMatchObject({
      unreadable: 3,
      unhandled: 0,
      instances: [{ unreadable: 0 }, { unreadable: 3 }],
    });
  });
});
