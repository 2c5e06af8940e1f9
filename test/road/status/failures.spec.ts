import {
  answerWith,
  apiError,
  connectionReset,
  type HttpFault,
  proxyPage,
  tokenEcho,
  tooManyRequests,
} from '@green-notifications/emulator';
import { describe, expect, it } from '@jest/globals';

import { CANARY_TOKEN } from '../../support/canary.js';
import { freePort } from '../../support/free.port.js';
import { eventually, within } from '../support/eventually.js';
import { anyDate, failuresOf, isFailing, matching } from '../support/failures.js';
import { inbox, Journal } from '../support/recording-inbox.js';
import { Road } from '../support/road.js';

const REFUSALS: [string, RegExp, HttpFault][] = [
  ['the token is wrong', /UNAUTHORIZED/, answerWith({ status: 401 })],
  ['the instance is not its own', /FORBIDDEN/, proxyPage(403)],
  ['GREEN-API has an error of its own', /SERVER/, tokenEcho(500)],
  ['it is asked too often', /RATE_LIMITED/, tooManyRequests({ retryAfterSeconds: 60 })],
  ['the instance is deleted', /INSTANCE_UNAVAILABLE/, apiError(400, 'Instance is deleted')],
  ['it posts to a webhook instead', /WEBHOOK_URL_SET/, apiError(400, 'custom webhook url is set')],
  ['the answer is a page', /PROTOCOL/, answerWith({ status: 200, body: '<html>' })],
  ['the connection breaks', /NETWORK/, connectionReset('before-effect')],
];

describe('the status of an instance', () => {
  it.each(REFUSALS)(
    'shows what fails, since when, and the next try: %s',
    async (_what, code, fault) => {
      await using road = await Road.start(2);
      road.emulator.faults.next(
        { method: 'receiveNotification', idInstance: road.ids[0]!, times: Infinity },
        fault,
      );
      const before = Date.now();
      const app = await road.run('polling', [inbox(new Journal())]);
      await within('the healthy one', road.publish('hello', road.at(1)).deleted);
      await eventually('a failure in the status', () => isFailing(app));
      const [failure, ...more] = failuresOf(app);
      expect(more).toEqual([]);
      expect(failure).toMatchObject({
        operation: 'receive',
        code: matching(code),
        message: matching(/receiveNotification|instance/),
        since: anyDate,
        nextAttemptAt: anyDate,
      });
      expect(failure!.since.getTime()).toBeGreaterThanOrEqual(before - 5);
      expect(failure!.since.getTime()).toBeLessThanOrEqual(Date.now());
      // At once after a connection was closed for the first time.
      expect(failure!.nextAttemptAt!.getTime()).toBeGreaterThanOrEqual(failure!.since.getTime());
      expect(app.first.lastAnswer).toMatchObject({ at: anyDate, result: failure!.code });
      expect(failuresOf(app, 1)).toEqual([]);
      expect(JSON.stringify(app.greenNotifications.status)).not.toContain(CANARY_TOKEN);
    },
  );

  it('shows that GREEN-API cannot be reached', async () => {
    await using road = await Road.start();
    const apiUrl = `http://127.0.0.1:${await freePort()}`;
    const app = await road.run('polling', [inbox(new Journal())], {
      instances: [road.given(0, { apiUrl })],
    });
    await eventually('a failure in the status', () => isFailing(app));
    expect(failuresOf(app)).toMatchObject([
      { operation: 'receive', code: matching(/NETWORK/), since: anyDate, nextAttemptAt: anyDate },
    ]);
    expect(app.first.lastAnswer?.result).toMatch(/NETWORK/);
  });

  it('shows a DELETE that fails, apart from a receive that does not, until it succeeds', async () => {
    await using road = await Road.start();
    const fault = road.emulator.faults.next(
      { method: 'deleteNotification', times: Infinity },
      tokenEcho(500),
    );
    const journal = new Journal();
    const app = await road.run('polling', [inbox(journal)]);
    const entry = road.publish('handled');
    await eventually('a failure in the status', () => isFailing(app));
    const [first] = failuresOf(app);
    expect(first).toMatchObject({ operation: 'delete', code: matching(/SERVER/) });
    await eventually(
      'a later next try',
      () => failuresOf(app)[0]!.nextAttemptAt!.getTime() > first!.nextAttemptAt!.getTime(),
    );
    // It is still the same trouble, and the only one.
    expect(failuresOf(app)).toMatchObject([{ operation: 'delete', since: first!.since }]);
    fault.remove();
    await within('it to be deleted', entry.deleted);
    await eventually('the failure to be over', () => failuresOf(app).length === 0);
    expect(journal.texts).toEqual(['handled']);
  });

  it('does not let a receive that succeeds shorten the pauses between failing DELETEs', async () => {
    await using road = await Road.start();
    road.emulator.faults.next({ method: 'deleteNotification', times: 2 }, tokenEcho(500));
    await road.run('polling', [inbox(new Journal())]);
    road.publish('handled');
    const deletions = (count: number) =>
      within(
        `${count} DELETEs`,
        road.instance.waitForRequest({ method: 'deleteNotification', count }),
      );
    await deletions(2);
    const [one, two, three] = await deletions(3);
    const pauses = [two!.atMs - one!.atMs, three!.atMs - two!.atMs];
    expect(pauses[0]).toBeGreaterThanOrEqual(750);
    expect(pauses[1]).toBeGreaterThanOrEqual(pauses[0]! * 1.3);
  });

  it('shows no failure any more once GREEN-API answers again', async () => {
    await using road = await Road.start();
    road.emulator.faults.next({ method: 'receiveNotification' }, proxyPage(502));
    const app = await road.run('polling', [inbox(new Journal())]);
    await eventually('a failure in the status', () => isFailing(app));
    await within('it to be deleted', road.publish('hello').deleted);
    await eventually('the failure to be over', () => failuresOf(app).length === 0);
    expect(app.first.lastAnswer?.result).not.toMatch(/SERVER/);
  });

  it('is a snapshot', async () => {
    await using road = await Road.start();
    road.emulator.faults.next({ method: 'receiveNotification' }, proxyPage(502));
    const app = await road.run('polling', [inbox(new Journal())]);
    await eventually('a failure in the status', () => isFailing(app));
    const { status } = app.greenNotifications;
    await within('it to be deleted', road.publish('hello').deleted);
    await eventually('the failure to be over', () => failuresOf(app).length === 0);
    expect(status.instances[0]).toMatchObject({
      received: 0,
      failures: [{ operation: 'receive' }],
    });
  });

  it('is gone with its instance', async () => {
    await using road = await Road.start();
    road.emulator.faults.next(
      { method: 'receiveNotification', times: Infinity },
      answerWith({ status: 401 }),
    );
    const app = await road.run('polling', [inbox(new Journal())]);
    await eventually('a failure in the status', () => isFailing(app));
    await app.greenNotifications.removeInstance(String(road.ids[0]));
    expect(app.greenNotifications.status.instances).toEqual([]);
    await app.greenNotifications.addInstance(road.given(0, { name: 'again' }));
    expect(app.first.name).toBe('again');
  });
});
