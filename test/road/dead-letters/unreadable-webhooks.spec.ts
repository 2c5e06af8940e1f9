import type { DeadLetter, DeadLetterStore, UnreadableLetter } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';

import { alarm } from '../support/dead-letter-alarm.js';
import { eventually, within } from '../support/eventually.js';
import { inbox, Journal } from '../support/recording-inbox.js';
import { Road, WEBHOOK_TOKEN } from '../support/road.js';
import { anonymous } from '../support/without.js';

/** A store that fails until it is mended. */
class FailingStore implements DeadLetterStore {
  isMended = false;
  readonly kept: DeadLetter[] = [];

  async put(letters: readonly DeadLetter[]): Promise<void> {
    if (!this.isMended) throw new Error('disk full');
    this.kept.push(...[letters].flat());
  }
  get = async (id: string) => this.kept.find((letter) => letter.id === id);
  list = async () => this.kept;
  discard = async () => false;
}

const NOT_JSON: [string, string][] = [
  ['a text', 'hello'],
  ['JSON that ends too early', '{"typeWebhook":"incomingMessageReceived","timest'],
  ['an HTML page', '<html><body>502</body></html>'],
  ['a form', 'typeWebhook=incomingMessageReceived&timestamp=1'],
  ['nothing', ''],
];

describe('a webhook with the right token that cannot be read', () => {
  it.each(NOT_JSON)('is kept as it came, and answered 200: %s', async (_what, body) => {
    await using road = await Road.start();
    const journal = new Journal();
    const app = await road.run('webhook', [inbox(journal)], { push: false });
    expect(await road.post(app.url, body)).toMatchObject({ status: 200, body: '' });
    expect(await road.letters.list()).toMatchObject([
      { kind: 'unreadable', transport: 'webhook', idInstance: String(road.ids[0]), body },
    ]);
    expect(journal.runs).toEqual([]);
    expect(app.greenNotifications.status.unreadable).toBe(1);
  });

  it.each([
    [
      'an array',
      '[{"typeWebhook":"incomingMessageReceived"}]',
      [{ typeWebhook: 'incomingMessageReceived' }],
    ],
    ['null', 'null', null],
    ['a number', '7', 7],
    ['a string', '"text"', 'text'],
  ])('is kept though it is JSON, and answered 200: %s', async (_what, sent, kept) => {
    await using road = await Road.start();
    const app = await road.run('webhook', [inbox(new Journal())], { push: false });
    expect((await road.post(app.url, sent)).status).toBe(200);
    const letters = await road.letters.list();
    expect(letters).toHaveLength(1);
    // As it came, or as JSON reads it.
    expect([sent, kept]).toContainEqual((letters[0] as UnreadableLetter).body);
  });

  it('does not hold up what is behind it', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    await road.run('webhook', [inbox(journal)]);
    const broken = road.instance.publish('no JSON {');
    await within('what is behind it to be deleted', road.publish('behind').deleted);
    expect(broken.handOuts.map(({ status }) => status)).toEqual([200]);
    expect(journal.texts).toEqual(['behind']);
  });

  it('is one letter, however often it is sent', async () => {
    await using road = await Road.start();
    const { url } = await road.run('webhook', [inbox(new Journal())], { push: false });
    for (let n = 0; n < 3; n += 1) expect((await road.post(url, 'no JSON')).status).toBe(200);
    expect(await road.letters.list()).toHaveLength(1);
    expect((await road.post(url, 'other')).status).toBe(200);
    expect(await road.letters.list()).toHaveLength(2);
  });

  it('is given to @OnDeadLetter', async () => {
    await using road = await Road.start();
    const received: DeadLetter[] = [];
    const { url } = await road.run('webhook', [inbox(new Journal()), alarm(received)], {
      push: false,
    });
    await road.post(url, 'no JSON');
    await eventually('the letter to be received', () => received.length === 1);
    expect(received).toMatchObject([{ kind: 'unreadable', body: 'no JSON' }]);
  });

  it('stays with GREEN-API while it cannot be kept, and no longer', async () => {
    await using road = await Road.start(2);
    const store = new FailingStore();
    const journal = new Journal();
    await road.run('webhook', [inbox(journal)], { deadLetters: { store } });
    const broken = road.instance.publish('no JSON {');
    const whose = road
      .at(1)
      .publish(JSON.stringify(anonymous(road.instance.build.incomingText('whose?'))));
    for (const entry of [broken, whose]) {
      await eventually('a second delivery', () => entry.handOuts[1]?.status !== undefined);
      for (const { status } of entry.handOuts) expect([400, 500, undefined]).toContain(status);
    }
    expect(road.logs.having('ERROR', 'disk full')).not.toEqual([]);
    store.isMended = true;
    await road.drained();
    expect(store.kept).toHaveLength(2);
    expect(journal.runs).toEqual([]);
  });

  it('is refused and not kept with a wrong token', async () => {
    await using road = await Road.start(2);
    const { url } = await road.run('webhook', [inbox(new Journal())], { push: false });
    expect((await road.post(url, 'no JSON', 'wrong')).status).toBe(401);
    const body = anonymous(road.instance.build.incomingText('whose?'));
    expect((await road.post(url, body, 'wrong')).status).toBe(401);
    expect(await road.letters.list()).toEqual([]);
  });
});

describe('a webhook that could be of several instances', () => {
  it('is kept without an instance, and answered 200', async () => {
    await using road = await Road.start(2);
    const journal = new Journal();
    const app = await road.run('webhook', [inbox(journal)], { push: false });
    const body = anonymous(road.instance.build.incomingText('whose?'));
    expect((await road.post(app.url, body)).status).toBe(200);
    expect((await road.post(app.url, 'no JSON')).status).toBe(200);
    const letters = await road.letters.list();
    expect(letters).toMatchObject([
      { kind: 'unreadable', transport: 'webhook', body },
      { kind: 'unreadable', transport: 'webhook', body: 'no JSON' },
    ]);
    for (const letter of letters) expect(letter.idInstance).toBeUndefined();
    expect(journal.runs).toEqual([]);
    expect(app.greenNotifications.status.unreadable).toBe(2);
  });

  it('is kept for the one instance that its token is for', async () => {
    await using road = await Road.start(2);
    const own = `${WEBHOOK_TOKEN}-own`;
    const { url } = await road.run('webhook', [inbox(new Journal())], {
      push: false,
      instances: [road.given(0), road.given(1, { webhookToken: own })],
    });
    expect((await road.post(url, 'no JSON', own)).status).toBe(200);
    expect((await road.post(url, 'no JSON either')).status).toBe(200);
    expect((await road.letters.list()).map(({ idInstance }) => idInstance)).toEqual([
      String(road.ids[1]),
      String(road.ids[0]),
    ]);
  });

  it('is handled, and not kept, when there is only one instance', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const { url } = await road.run('webhook', [inbox(journal)], { push: false });
    const body = anonymous(road.instance.build.incomingText('mine'));
    expect((await road.post(url, body)).status).toBe(200);
    expect(journal.texts).toEqual(['mine']);
    expect(await road.letters.list()).toEqual([]);
  });

  it('is kept over a restart and can be listed, but not redriven', async () => {
    await using road = await Road.start(2);
    const first = await road.run('webhook', [inbox(new Journal())], { push: false });
    await road.post(first.url, anonymous(road.instance.build.incomingText('whose?')));
    await first.nest.close();
    const { greenNotifications } = await road.run('webhook', [inbox(new Journal())], {
      push: false,
    });
    const [letter] = await greenNotifications.deadLetters.list();
    expect(letter).toMatchObject({ kind: 'unreadable' });
    await expect(
      within('the redrive to be refused', greenNotifications.deadLetters.redrive(letter!.id)),
    ).rejects.toMatchObject({ code: 'REDRIVE' });
    expect(await greenNotifications.deadLetters.list()).toHaveLength(1);
  });
});
