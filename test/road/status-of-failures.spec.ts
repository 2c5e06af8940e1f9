import {
  answerWith,
  apiError,
  connectionReset,
  type HttpFault,
  ManualClock,
  proxyPage,
  tokenEcho,
  tooManyRequests,
} from '@green-notifications/emulator';
import { GreenNotificationsModule } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';
import { type CanActivate, Injectable } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';

import { CANARY_TOKEN } from '../support/canary.js';
import { freePort } from '../support/free.port.js';
import { eventually, within } from './support/eventually.js';
import { inbox, Journal } from './support/recording-inbox.js';
import { type App, Road, WEBHOOK_TOKEN } from './support/road.js';

const failuresOf = ({ greenNotifications }: App, index = 0) =>
  greenNotifications.status.instances[index]!.failures;

const isFailing = (app: App, index = 0): boolean =>
  [...((failuresOf(app, index) as readonly unknown[] | undefined) ?? [])].length > 0;

const anyDate = expect.any(Date);
const matching = (pattern: RegExp) => expect.stringMatching(pattern);

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
      expect(failure!.nextAttemptAt!.getTime()).toBeGreaterThan(failure!.since.getTime());
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

  it('shows nothing before the first answer, and no failure when all is well', async () => {
    await using road = await Road.start();
    const app = await road.run('polling', [inbox(new Journal())]);
    await eventually('a poll', () => road.instance.parkedPolls === 1);
    expect(app.first).toMatchObject({ failures: [] });
    expect(app.first.lastAnswer).toBeUndefined();
  });

  it('shows the last answer: a notification, its deletion, nothing, or that it was already gone', async () => {
    const clock = new ManualClock();
    await using road = await Road.start(1, { clock, rateLimits: false });
    const results: unknown[] = [];
    const parts: { app?: App } = {};
    parts.app = await road.run('polling', [
      inbox(new Journal(), () => results.push(parts.app!.first.lastAnswer?.result)),
    ]);
    const { app } = parts;
    await within('it to be deleted', road.publish('one').deleted);
    expect(results).toEqual(['notification']);
    await eventually('deleted', () => app.first.lastAnswer?.result === 'deleted');
    await eventually('a poll', () => road.instance.parkedPolls === 1);
    await clock.advance(60_000);
    await eventually('nothing', () => app.first.lastAnswer?.result === 'nothing');
    expect(app.first.lastAnswer).toMatchObject({ at: anyDate });

    road.emulator.faults.next(
      { method: 'deleteNotification' },
      answerWith({ status: 200, body: { result: false } }, 'after-effect'),
    );
    const seen: unknown[] = [];
    road.publish('two');
    await eventually('already gone', () => {
      seen.push(app.first.lastAnswer?.result);
      return seen.at(-1) === 'already gone';
    });
    expect(app.first.failures).toEqual([]);
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

describe('40. the status of an instance whose notifications come by webhook', () => {
  it('shows no failure, and none is made up, when all is well', async () => {
    await using road = await Road.start();
    const app = await road.run('webhook', [inbox(new Journal())]);
    await within('it to be deleted', road.publish('hello').deleted);
    expect(failuresOf(app)).toEqual([]);
  });

  it('shows that the application itself refuses what the gate let in, until it no longer does', async () => {
    await using road = await Road.start();
    const door = { isOpen: false };
    @Injectable()
    class Doorkeeper implements CanActivate {
      canActivate(): boolean {
        return door.isOpen;
      }
    }
    const journal = new Journal();
    const registration = GreenNotificationsModule.forRoot({
      ...road.options('webhook'),
      globalEnhancers: false,
    });
    const app = await road.runModule(
      {
        imports: [registration],
        providers: [inbox(journal), { provide: APP_GUARD, useClass: Doorkeeper }],
      },
      { http: true, push: true },
    );
    const entry = road.publish('hello');
    await eventually('a refusal', () => entry.handOuts[0]?.status === 403);
    await eventually('a failure in the status', () => isFailing(app));
    expect(failuresOf(app)).toMatchObject([
      { operation: 'webhook', code: matching(/./), message: matching(/./), since: anyDate },
    ]);
    expect(JSON.stringify(app.greenNotifications.status)).not.toContain(WEBHOOK_TOKEN);
    door.isOpen = true;
    await within('it to be deleted', entry.deleted);
    expect(journal.texts).toEqual(['hello']);
    await eventually('the failure to be over', () => !isFailing(app));
  });

  it('cannot be made to show a failure by a stranger without the token', async () => {
    await using road = await Road.start();
    const app = await road.run('webhook', [inbox(new Journal())], { push: false });
    const body = road.instance.build.incomingText('forged');
    for (const token of ['wrong', `${WEBHOOK_TOKEN}x`]) {
      expect((await road.post(app.url, body, token)).status).toBe(401);
    }
    expect(app.first).toMatchObject({ received: 0, failures: [] });
  });
});
