import { GreenNotifications, OnNotification } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import { firstValueFrom, type Observable } from 'rxjs';

import { alarm } from '../support/dead-letter-alarm.js';
import { eventually, within } from '../support/eventually.js';
import { inbox, Journal } from '../support/recording-inbox.js';
import { type App, QUICK, Road, TRANSPORTS } from '../support/road.js';

const NO_HANDLERS = { name: 'NoHandlersError' };

/** The errors that name the missing step. */
const errorsOf = (road: Road) => road.logs.having('ERROR', '@OnNotification');

async function expectNothingReceived(road: Road, { greenNotifications, url }: App) {
  const entry = road.publish('precious');
  const posted = road.instance.build.incomingText('posted');
  const { status } = url === '' ? { status: 503 } : await road.post(url, posted);
  expect(status).toBe(503);
  await road.idle();
  expect(road.instance.requests.of({ method: 'receiveNotification' })).toEqual([]);
  expect(greenNotifications.status).toMatchObject({ state: 'stopped', received: 0 });
  expect(entry.state).toBe('queued');
}

describe.each(TRANSPORTS)('an application without any handler (%s)', (transport) => {
  it('starts, receives nothing, and logs one error that names the missing step', async () => {
    await using road = await Road.start();
    const app = await road.run(transport, [], { push: false });
    await expectNothingReceived(road, app);
    expect(errorsOf(road)).toHaveLength(1);
    expect(errorsOf(road)[0]).toContain('providers');
  });

  it('refuses start()', async () => {
    await using road = await Road.start();
    const app = await road.run(transport, [], { push: false });
    await expect(
      within('the start to be refused', app.greenNotifications.start()),
    ).rejects.toMatchObject(NO_HANDLERS);
    await expectNothingReceived(road, app);
  });

  it("receives with unhandled: 'acknowledge', and counts what nobody wanted", async () => {
    await using road = await Road.start();
    const app = await road.run(transport, [], { unhandled: 'acknowledge' });
    await within('it to be deleted', road.publish('nobody wants it').deleted);
    await eventually('it to be counted', () => app.first.unhandled === 1);
    expect(errorsOf(road)).toEqual([]);
  });

  it("receives with unhandled: 'retry', and keeps what nobody wanted", async () => {
    await using road = await Road.start();
    const app = await road.run(transport, [], { unhandled: 'retry' });
    const entry = road.publish('nobody wants it');
    await eventually('it to be received', () => app.first.received > 0);
    expect(entry.state).toBe('queued');
    expect(errorsOf(road)).toEqual([]);
  });

  it.each(['notifications$', 'outcomes$'] as const)(
    'receives when somebody subscribed to %s by the time it starts',
    async (stream) => {
      await using road = await Road.start();
      const seen: unknown[] = [];
      @Injectable()
      class Watcher implements OnModuleInit {
        constructor(private readonly greenNotifications: GreenNotifications) {}

        onModuleInit(): void {
          const watched: Observable<unknown> = this.greenNotifications[stream];
          watched.subscribe((one) => seen.push(one));
        }
      }
      await road.run(transport, [Watcher]);
      await within('it to be deleted', road.publish('watched').deleted);
      await eventually('it to be seen', () => seen.length > 0);
      expect(errorsOf(road)).toEqual([]);
    },
  );

  it('starts once somebody has subscribed', async () => {
    await using road = await Road.start();
    const { greenNotifications } = await road.run(transport, []);
    const seen: unknown[] = [];
    greenNotifications.notifications$.subscribe((one) => seen.push(one));
    await greenNotifications.start();
    await within('it to be deleted', road.publish('watched').deleted);
    expect(seen.length).toBeGreaterThan(0);
  });
});

describe('an application without any handler', () => {
  it('receives nothing either with a handler of dead letters', async () => {
    await using road = await Road.start();
    const app = await road.run('polling', [alarm()]);
    await expectNothingReceived(road, app);
    expect(errorsOf(road)).toHaveLength(1);
  });

  it('refuses start() with autoStart: false, too', async () => {
    await using road = await Road.start();
    const app = await road.run('polling', [], { autoStart: false });
    await expect(app.greenNotifications.start()).rejects.toMatchObject(NO_HANDLERS);
    await expectNothingReceived(road, app);
  });

  it('polls no instance that is added', async () => {
    await using road = await Road.start();
    const app = await road.run('polling', [], { instances: [] });
    await app.greenNotifications.addInstance(road.given(0));
    await expectNothingReceived(road, app);
    expect(errorsOf(road)).toHaveLength(1);
  });

  it('stops and closes without an error', async () => {
    await using road = await Road.start();
    const { nest, greenNotifications } = await road.run('polling', []);
    await within('the stop', greenNotifications.stop());
    await within('the end', nest.close());
    expect(road.logs.having('ERROR', 'Stopping failed')).toEqual([]);
  });

  it('receives once its handlers are in a module', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    @Injectable()
    class Forgotten {
      @OnNotification('*')
      onAny(): void {}
    }
    const broken = await road.run('polling', []);
    await expectNothingReceived(road, broken);
    await broken.nest.close();
    await road.run('polling', [Forgotten, inbox(journal)]);
    await road.drained();
    expect(journal.texts).toEqual(['precious']);
  });
});

describe('16. an application whose only subscriber leaves', () => {
  it('does not acknowledge what comes afterwards', async () => {
    await using road = await Road.start();
    @Injectable()
    class Curious {
      readonly first: Promise<unknown>;

      constructor({ notifications$ }: GreenNotifications) {
        this.first = firstValueFrom(notifications$);
      }
    }
    await road.run('polling', [Curious], { retry: { backoff: QUICK } });
    road.publish('seen');
    const later = road.publish('unseen');
    await eventually('both to be asked for', () => road.instance.requests.of({}).length > 4);
    expect(later.state).toBe('queued');
  });
});
