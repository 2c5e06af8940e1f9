import { GreenNotifications, GreenNotificationsModule } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import type { DynamicModule } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';

import { RecordingLogger } from '../../support/recording.logger.js';
import { expectNotPolled } from '../support/busy-app.js';
import { within } from '../support/eventually.js';
import { inbox, Journal } from '../support/recording-inbox.js';
import { Road } from '../support/road.js';

/** An application without an HTTP server, as of a command line task. */
async function taskWith(registration: DynamicModule): Promise<TestingModule> {
  const module = await Test.createTestingModule({
    imports: [registration],
    providers: [inbox(new Journal())],
  })
    .setLogger(new RecordingLogger())
    .compile();
  return module.init();
}

describe('autoStart: false', () => {
  it('receives nothing by polling before start(), and everything after', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const app = await road.run('polling', [inbox(journal)], { autoStart: false });
    const entry = road.publish('waiting');
    await road.idle();
    expect(app.greenNotifications.status.state).toBe('stopped');
    expect(road.instance.requests.of({ method: 'receiveNotification' })).toEqual([]);
    await app.greenNotifications.start();
    await within('it to be deleted', entry.deleted);
    expect(app.greenNotifications.status.state).toBe('running');
    await expect(app.greenNotifications.start()).rejects.toMatchObject({ code: 'ALREADY_STARTED' });
  });

  it('answers 503 to webhooks before start(), and handles them after', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const app = await road.run('webhook', [inbox(journal)], { autoStart: false, push: false });
    const body = road.instance.build.incomingText('waiting');
    expect((await road.post(app.url, body)).status).toBe(503);
    expect(journal.runs).toEqual([]);
    await app.greenNotifications.start();
    expect((await road.post(app.url, body)).status).toBe(200);
    expect(journal.texts).toEqual(['waiting']);
  });

  it('lets a command line task end without receiving anything', async () => {
    await using road = await Road.start();
    const module = await taskWith(
      GreenNotificationsModule.forRootAsync({
        useFactory: () => road.options('polling', { autoStart: false }),
      }),
    );
    const entry = road.publish('for the server');
    await road.idle();
    await within('the end', module.close());
    expect(road.instance.requests.of({ method: 'receiveNotification' })).toEqual([]);
    expect(entry.state).toBe('queued');
  });

  it('needs no HTTP server, though the transport is webhook', async () => {
    await using road = await Road.start();
    const module = await taskWith(
      GreenNotificationsModule.forRoot(road.options('webhook', { autoStart: false })),
    );
    expect(module.get(GreenNotifications).status.state).toBe('stopped');
    await module.close();
  });

  it('receives from instances that were added, but only after start()', async () => {
    await using road = await Road.start(2);
    const journal = new Journal();
    const { greenNotifications } = await road.run('polling', [inbox(journal)], {
      autoStart: false,
      instances: [road.given(0)],
    });
    await greenNotifications.addInstance(road.given(1));
    await greenNotifications.stop();
    await expectNotPolled(road, road.at(0), road.at(1));
    await greenNotifications.start();
    await road.drained();
    expect(journal.runs).toHaveLength(2);
  });
});
