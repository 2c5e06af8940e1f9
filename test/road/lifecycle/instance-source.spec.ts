import { type InstanceModuleOptions, InvalidOptionsError } from '@green-notifications/nestjs';
import { inMemoryInbox } from '@green-notifications/inbox';
import { describe, expect, it } from '@jest/globals';

import { CANARY_TOKEN } from '../../support/canary.js';
import { expectNotPolled } from '../support/busy-app.js';
import { eventually, within } from '../support/eventually.js';
import { inbox, Journal } from '../support/recording-inbox.js';
import { Road, type RunOptions, WEBHOOK_TOKEN } from '../support/road.js';

/** A table of tenants. */
class Tenants {
  rows: InstanceModuleOptions[] = [];
  failure: Error | undefined;
  /** How often it was asked. */
  asked = 0;
  readonly refreshMs = 10;

  async list(): Promise<readonly InstanceModuleOptions[]> {
    this.asked += 1;
    if (this.failure) throw this.failure;
    return this.rows;
  }

  /** Resolves when an answer from now on was worked through: the next question comes after it. */
  async noticed(): Promise<void> {
    const { asked } = this;
    await eventually('two more questions', () => this.asked >= asked + 2);
  }
}

async function start(road: Road, tenants: Tenants, options: RunOptions = {}) {
  const journal = new Journal();
  const app = await road.run('polling', [inbox(journal)], {
    instances: [],
    instanceSource: tenants,
    ...options,
  });
  const names = () => app.greenNotifications.instances.map(({ name }) => name);
  return { journal, names, ...app };
}

const errors = ({ logs }: Road) => logs.having('ERROR', 'instanceSource');

describe.each<[string, () => RunOptions]>([
  ['without an inbox', () => ({})],
  ['with an inbox', () => ({ inbox: inMemoryInbox() })],
])('an instance source, %s', (_, more) => {
  it('adds what is new, while it runs and before', async () => {
    await using road = await Road.start(2);
    const tenants = new Tenants();
    tenants.rows = [road.given(0, { name: 'bakery' })];
    const { journal, names } = await start(road, tenants, more());
    expect(names()).toEqual(['bakery']);
    await within('its notification', road.publish('first').deleted);
    tenants.rows.push(road.given(1, { name: 'florist' }));
    await within('its notification', road.publish('second', road.at(1)).deleted);
    expect(names()).toEqual(['bakery', 'florist']);
    await eventually('both runs', () => journal.texts.length === 2);
    expect(journal.texts).toEqual(['first', 'second']);
  });

  it('removes what is missing, and no instance of the options or of addInstance', async () => {
    await using road = await Road.start(3);
    const tenants = new Tenants();
    tenants.rows = [road.given(0)];
    const options = { instances: [road.given(1)], ...more() };
    const { names, greenNotifications } = await start(road, tenants, options);
    await greenNotifications.addInstance(road.given(2));
    expect(names()).toHaveLength(3);
    await road.at(0).waitForParkedPolls();
    tenants.rows = [];
    await eventually('its removal', () => names().length === 2);
    await expectNotPolled(road, road.at(0));
    for (const index of [1, 2]) await within('it', road.publish('hello', road.at(index)).deleted);
  });
});

describe('an instance source', () => {
  it('replaces what has changed, and lets names be exchanged', async () => {
    await using road = await Road.start(2);
    const tenants = new Tenants();
    const wrongToken = `${CANARY_TOKEN}-old`;
    tenants.rows = [
      road.given(0, { name: 'one', apiTokenInstance: wrongToken }),
      road.given(1, { name: 'two' }),
    ];
    const { names, greenNotifications } = await start(road, tenants);
    await eventually(
      'a refusal',
      () => greenNotifications.status.instances[0]!.failures.length > 0,
    );
    tenants.rows = [road.given(0, { name: 'two' }), road.given(1, { name: 'one' })];
    for (const index of [0, 1]) await within('it', road.publish('hello', road.at(index)).deleted);
    expect(names()).toEqual(['two', 'one']);
    expect(errors(road)).toEqual([]);
  });

  it('leaves alone what has not changed', async () => {
    await using road = await Road.start(1);
    const tenants = new Tenants();
    tenants.rows = [road.given(0)];
    const { greenNotifications } = await start(road, tenants);
    const [instance] = greenNotifications.instances;
    tenants.rows = [{ ...road.given(0) }];
    await tenants.noticed();
    expect(greenNotifications.instances).toEqual([instance]);
    expect(greenNotifications.instances[0]).toBe(instance);
  });

  it('logs a wrong entry once, without its token, and adds the others', async () => {
    await using road = await Road.start(3);
    const tenants = new Tenants();
    tenants.rows = [
      road.given(0, { name: 'bakery', apiUrl: `no url ${CANARY_TOKEN}` }),
      road.given(1, { name: 'florist' }),
      road.given(1, { name: 'florist again' }),
      road.given(2, { name: 'florist' }),
      null as unknown as InstanceModuleOptions,
    ];
    const { names } = await start(road, tenants);
    await tenants.noticed();
    expect(names()).toEqual(['florist']);
    expect(errors(road)).toEqual([
      expect.stringContaining('Instance "bakery" of instanceSource: apiUrl:'),
      expect.stringContaining('"florist again" of instanceSource: idInstance'),
      expect.stringContaining('number 5 of instanceSource: idInstance'),
      expect.stringContaining('"florist" of instanceSource: Instance 1101000002'),
    ]);
    tenants.rows[0] = road.given(0, { name: 'bakery' });
    await within('its notification', road.publish('hello').deleted);
  });

  it('keeps an instance whose entry becomes wrong', async () => {
    await using road = await Road.start(1);
    const tenants = new Tenants();
    tenants.rows = [road.given(0, { name: 'bakery' })];
    await start(road, tenants);
    tenants.rows = [road.given(0, { name: 'bakery', apiTokenInstance: '' })];
    await eventually('a line', () => errors(road).length > 0);
    expect(errors(road)).toEqual([expect.stringContaining('"bakery" of instanceSource: apiToken')]);
    await within('its notification', road.publish('hello').deleted);
  });

  it('that fails is logged once and asked again; the instances stay as they are', async () => {
    await using road = await Road.start(2);
    const tenants = new Tenants();
    tenants.failure = new Error('no database');
    const { names } = await start(road, tenants);
    expect(errors(road)).toEqual([expect.stringContaining('instanceSource failed: no database')]);
    await tenants.noticed();
    tenants.failure = undefined;
    tenants.rows = [road.given(0)];
    await eventually('its instance', () => names().length === 1);
    tenants.failure = new Error('no database again');
    await tenants.noticed();
    await within('its notification', road.publish('hello').deleted);
    expect(errors(road)).toHaveLength(2);
    tenants.failure = undefined;
    await tenants.noticed();
    tenants.rows = 'nothing' as unknown as InstanceModuleOptions[];
    await eventually('a line', () => errors(road).length === 3);
    expect(names()).toHaveLength(1);
  });

  it('is asked only while receiving is started', async () => {
    await using road = await Road.start(2);
    const tenants = new Tenants();
    tenants.rows = [road.given(0)];
    const { names, greenNotifications } = await start(road, tenants, { autoStart: false });
    await road.idle();
    expect(tenants.asked).toBe(0);
    await greenNotifications.start();
    expect(names()).toHaveLength(1);
    await greenNotifications.stop();
    const { asked } = tenants;
    await road.idle();
    expect(tenants.asked).toBe(asked);
    tenants.rows = [road.given(1)];
    await greenNotifications.start();
    await within('its notification', road.publish('hello', road.at(1)).deleted);
    await expectNotPolled(road, road.at(0));
  });

  it('feeds webhooks as well', async () => {
    await using road = await Road.start(1);
    const journal = new Journal();
    const tenants = new Tenants();
    const app = await road.run('webhook', [inbox(journal)], {
      instances: [],
      instanceSource: tenants,
      push: false,
    });
    const body = road.instance.build.incomingText('hello');
    expect((await road.post(app.url, body)).status).not.toBe(200);
    tenants.rows = [road.given(0, { webhookToken: `${WEBHOOK_TOKEN}-own` })];
    await eventually('its instance', () => app.greenNotifications.instances.length === 1);
    expect((await road.post(app.url, body, `${WEBHOOK_TOKEN}-own`)).status).toBe(200);
  });

  it('serves 1,000 tenants, of whom many come and go at once', async () => {
    await using road = await Road.start(1000);
    const tenants = new Tenants();
    const given = road.ids.map((_, index) => road.given(index));
    tenants.rows = given.slice(0, 900);
    const { names } = await start(road, tenants, { polling: { receiveTimeoutSeconds: 60 } });
    const polled = () => road.ids.filter((_, index) => road.at(index).parkedPolls === 1).length;
    await eventually('the first 900', () => polled() === 900, 10_000);
    tenants.rows = given.slice(100);
    await eventually(
      () => `the last 900, not ${polled()}`,
      () => polled() === 900 && road.at(999).parkedPolls === 1 && road.at(0).parkedPolls === 0,
      10_000,
    );
    expect(names()).toHaveLength(900);
  });

  it('must have a method list()', async () => {
    await using road = await Road.start(1);
    const instanceSource = { refreshMs: 0, list: async () => [] };
    await expect(road.run('polling', [], { instanceSource })).rejects.toThrow(InvalidOptionsError);
    await expect(
      road.run('polling', [], { instanceSource: {} as typeof instanceSource }),
    ).rejects.toThrow('instanceSource must have a method list()');
  });
});
