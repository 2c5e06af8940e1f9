import { connect } from 'node:net';

import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

import { GatewayServer, type InstanceAddress } from './gateway.server.js';

interface Answered {
  readonly receiptId?: number;
  readonly body?: { readonly idMessage: string };
  readonly result?: boolean;
}

/** A connection that sends requests as they are, so that several can leave together. */
class RawConnection {
  private readonly socket;
  private text = '';
  private readonly answers: (Answered | null)[] = [];
  private wake: () => void = () => {};

  constructor({ apiUrl }: InstanceAddress) {
    const { hostname, port } = new URL(apiUrl);
    this.socket = connect({ host: hostname, port: Number(port) });
    this.socket.on('data', (chunk) => this.read(String(chunk)));
  }

  /** Sends the requests in one packet, and resolves to their answers. */
  async send(...requests: readonly string[]): Promise<readonly (Answered | null)[]> {
    const heads = requests.map((request) => `${request} HTTP/1.1\r\nHost: gateway\r\n\r\n`);
    this.socket.write(heads.join(''));
    while (this.answers.length < requests.length) {
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
    return this.answers.splice(0, requests.length);
  }

  close(): void {
    this.socket.destroy();
  }

  private read(text: string): void {
    this.text += text;
    for (;;) {
      const [, length] = /Content-Length: (\d+)\r\n\r\n/.exec(this.text) ?? [];
      const start = this.text.indexOf('\r\n\r\n') + 4;
      if (length === undefined || this.text.length < start + Number(length)) break;
      const answer = this.text.slice(start, start + Number(length));
      this.answers.push(JSON.parse(answer) as Answered | null);
      this.text = this.text.slice(start + Number(length));
    }
    this.wake();
  }
}

describe('the gateway of the bench', () => {
  const server = new GatewayServer();
  const connections: RawConnection[] = [];
  const open = (instance: InstanceAddress) => {
    const connection = new RawConnection(instance);
    connections.push(connection);
    return connection;
  };
  const receive = ({ idInstance, apiTokenInstance }: InstanceAddress) =>
    `GET /waInstance${idInstance}/receiveNotification/${apiTokenInstance}?receiveTimeout=5`;
  const remove = ({ idInstance, apiTokenInstance }: InstanceAddress, receiptId: number) =>
    `DELETE /waInstance${idInstance}/deleteNotification/${apiTokenInstance}/${receiptId}`;

  beforeEach(() => server.listen());
  afterEach(() => {
    for (const connection of connections.splice(0)) connection.close();
    server.close();
  });

  function addInstance(roundTripMs: number) {
    const { group, instances } = server.addGroup({
      instances: 1,
      roundTripMs,
      traffic: 'texts',
      keepsLedger: true,
    });
    return { group, instance: instances[0]! };
  }

  it('returns the same head until it is deleted, and then the next one', async () => {
    const { group, instance } = addInstance(0);
    const connection = open(instance);
    group.add(2);
    const [first] = await connection.send(receive(instance));
    const [again] = await connection.send(receive(instance));
    expect(again).toEqual(first);
    expect(await connection.send(remove(instance, 77))).toEqual([{ result: false }]);
    expect(await connection.send(remove(instance, first!.receiptId!))).toEqual([{ result: true }]);
    const [second] = await connection.send(receive(instance));
    expect(second!.body!.idMessage).not.toBe(first!.body!.idMessage);
    expect(group.ledger).toEqual([
      { sequence: 1, givenOut: 2, isDeleted: true },
      { sequence: 2, givenOut: 1, isDeleted: false },
    ]);
  });

  it('lets a receive wait until something arrives', async () => {
    const { group, instance } = addInstance(0);
    const answer = open(instance).send(receive(instance));
    while (group.polled === 0) await new Promise((resolve) => setImmediate(resolve));
    group.add(1);
    expect((await answer)[0]).toMatchObject({ receiptId: 1 });
    expect(group.polled).toBe(0);
  });

  it('never runs empty while it is fed', async () => {
    const { group, instance } = addInstance(0);
    const connection = open(instance);
    group.feed(true);
    for (const receiptId of [1, 2, 3]) {
      expect((await connection.send(receive(instance)))[0]).toMatchObject({ receiptId });
      await connection.send(remove(instance, receiptId));
    }
    expect(group.count()).toMatchObject({ deleted: 3, repeated: 0, overLimit: 0 });
  });

  it('takes one round trip for a DELETE and a GET that were sent together', async () => {
    const { group, instance } = addInstance(150);
    const { group: otherGroup, instance: other } = addInstance(150);
    const [together, oneByOne] = [open(instance), open(other)];
    group.add(2);
    otherGroup.add(2);
    await Promise.all([together.send(receive(instance)), oneByOne.send(receive(other))]);

    const finished: string[] = [];
    const startedAtMs = performance.now();
    await Promise.all([
      (async () => {
        await oneByOne.send(remove(other, 1));
        await oneByOne.send(receive(other));
        finished.push('one by one');
      })(),
      (async () => {
        const answers = await together.send(remove(instance, 1), receive(instance));
        expect(answers).toMatchObject([{ result: true }, { receiptId: 2 }]);
        expect(performance.now() - startedAtMs).toBeGreaterThanOrEqual(149);
        finished.push('together');
      })(),
    ]);
    expect(finished).toEqual(['together', 'one by one']);
  });

  it('counts the requests that GREEN-API would refuse', async () => {
    const { group, instance } = addInstance(0);
    group.add(1);
    // Together, so that all of them come within a second.
    await open(instance).send(...Array.from({ length: 103 }, () => receive(instance)));
    expect(group.count()).toMatchObject({ overLimit: 3 });
  });
});
