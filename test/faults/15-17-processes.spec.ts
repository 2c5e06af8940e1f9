import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { blackHole, slowBody, startEmulator } from '@green-notifications/emulator';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';

import { CANARY_TOKEN } from '../support/canary.js';
import { judge, NOTHING_LOST } from './support/delivery.oracle.js';
import { freePort } from '../support/free.port.js';
import { KillableApp, type KillableOptions } from './support/killable.app.js';
import { Marker } from './support/mark.js';
import { blackHole as tcpBlackHole } from './support/tcp-faults.js';
import { TcpFaultProxy } from './support/tcp-fault.proxy.js';
import { lettersInFile } from './support/witnessed.letters.js';

const WEBHOOK_TOKEN = `webhook-${CANARY_TOKEN}`;
const RECEIVE = 'receiveNotification';
const DELETE = 'deleteNotification';

jest.setTimeout(60_000);

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'killable-'));
});
afterEach(() => rm(folder, { recursive: true }));

/** Instances that poll and instances that receive webhooks, one application, and a network between. */
async function setUp(polled: readonly number[], posted: readonly number[]) {
  const emulator = await startEmulator({
    instances: [...polled, ...posted].map((idInstance) => ({
      idInstance,
      apiTokenInstance: CANARY_TOKEN,
    })),
    webhook: { retryPauseMs: 200, pacingMs: 0, answerTimeoutMs: 4000 },
  });
  const port = await freePort();
  const posts = await TcpFaultProxy.start(`http://127.0.0.1:${port}`);
  for (const idInstance of posted) {
    const webhookUrl = `${posts.url}/green-api/webhook`;
    emulator.instance(idInstance).applySettings({ webhookUrl, webhookUrlToken: WEBHOOK_TOKEN });
  }
  const options: KillableOptions = {
    apiUrl: emulator.url,
    port,
    instances: [
      ...polled.map((idInstance) => instance(idInstance, 'polling')),
      ...posted.map((idInstance) => instance(idInstance, 'webhook')),
    ],
    webhookToken: WEBHOOK_TOKEN,
    runsFile: join(folder, 'runs.jsonl'),
    lettersFile: join(folder, 'letters.jsonl'),
    shutdownTimeoutMs: 700,
  };
  return {
    emulator,
    posts,
    options,
    marker: new Marker(),
    async [Symbol.asyncDispose]() {
      await posts[Symbol.asyncDispose]();
      await emulator.close();
    },
  };
}

type Scene = Awaited<ReturnType<typeof setUp>>;

function instance(idInstance: number, transport: 'polling' | 'webhook') {
  return { idInstance, apiTokenInstance: CANARY_TOKEN, transport };
}

function publish({ emulator, marker }: Scene, id: number, ...texts: string[]) {
  const { build } = emulator.instance(id);
  return texts.map((text) => emulator.instance(id).publish(marker.mark(build.incomingText(text))));
}

describe('a process that is ended', () => {
  it('15. 16. by SIGTERM: finishes what is quick, leaves what is slow, receives no more, exits with 0', async () => {
    const [idle, quick, slow, posted, postedSlow] = [1101, 1102, 1103, 2101, 2102];
    await using scene = await setUp([idle, quick, slow], [posted, postedSlow]);
    const { emulator } = scene;
    await using app = new KillableApp(scene.options);
    await app.ready();
    const [running, behind] = publish(scene, quick, 'take 300', 'behind');
    const [hanging] = publish(scene, slow, 'take 60000');
    const [webhook, webhookBehind] = publish(scene, posted, 'take 300', 'behind');
    const [hangingWebhook] = publish(scene, postedSlow, 'take 60000');
    const entries = [running!, hanging!, webhook!, hangingWebhook!];
    await Promise.all(entries.map((entry) => entry.handedOut));
    await emulator.instance(idle).waitForParkedPolls();
    await until(() => begun(app.runs).length === entries.length);

    expect(await app.end('SIGTERM')).toBe(0);
    expect(entries.map(({ state }) => state)).toEqual(['deleted', 'queued', 'deleted', 'queued']);
    expect(webhook!.handOuts).toMatchObject([{ status: 200 }]);
    expect(behind!.handOuts).toEqual([]);
    expect(webhookBehind!.handOuts.filter(({ status }) => status === 200)).toEqual([]);
    expect(emulator.instance(idle).requests.of({ method: RECEIVE })).toHaveLength(1);
    await emulator.instance(idle).until(() => emulator.instance(idle).parkedPolls === 0);
    expect(app.output).not.toContain(CANARY_TOKEN);
  });

  it('17. by SIGKILL, at every await between arrival and acknowledgement: repeats only what was running', async () => {
    const [receiving, handling, deleting, deleted, retrying, parked] = [1, 2, 3, 4, 5, 6];
    const [posting, postHandled, postAnswered] = [7, 8, 9];
    const polled = [receiving, handling, deleting, deleted, retrying, parked];
    const posted = [posting, postHandled, postAnswered];
    await using scene = await setUp(polled, posted);
    const { emulator, posts } = scene;
    const { faults } = emulator;
    faults.next({ method: RECEIVE, idInstance: receiving }, blackHole('after-effect'));
    faults.next({ method: DELETE, idInstance: deleting }, blackHole('before-effect'));
    faults.next({ method: DELETE, idInstance: deleted }, blackHole('after-effect'));
    faults.next({ method: DELETE, idInstance: parked }, blackHole('before-effect'));
    faults.nextPush({ idInstance: posting }, slowBody({ bytes: 1, intervalMs: 100 }));
    await using first = new KillableApp(scene.options);
    await first.ready();

    for (const id of [receiving, deleting, deleted, posting]) publish(scene, id, 'a', 'b');
    publish(scene, handling, 'take 1500', 'b');
    publish(scene, retrying, 'fail once', 'b');
    publish(scene, parked, 'reject', 'b');
    publish(scene, postHandled, 'take 1500', 'b');
    // The answers of both webhook instances are lost from here on, one before its handler is done.
    await until(() => runsOf(first, postHandled).length > 0);
    const lost = posts.next({ at: 'response' }, tcpBlackHole());
    publish(scene, postAnswered, 'a', 'b');
    await lost.played;
    await Promise.all([
      ...[deleting, deleted, parked].map((id) =>
        emulator.instance(id).waitForRequest({ method: DELETE }),
      ),
      until(() => runsOf(first, handling).length > 0 && runsOf(first, retrying).length > 0),
      emulator.instance(receiving).ledger.entries[0]!.handedOut,
      emulator.instance(posting).ledger.entries[0]!.handedOut,
    ]);
    expect(await first.end('SIGKILL')).toBe('SIGKILL');

    await using second = new KillableApp(scene.options);
    await second.ready();
    await until(() => runsOf(second, retrying).length === 2);
    const others = [...polled, ...posted].filter((id) => id !== retrying);
    await Promise.all(others.map((id) => emulator.instance(id).drained()));
    // A new process knows of no attempt before its own, so this one fails once more and is kept.
    expect(emulator.instance(retrying).queueLength).toBe(2);
    expect(await second.end('SIGTERM')).toBe(0);

    const letters = await lettersInFile(scene.options.lettersFile);
    const issued = others.flatMap((id) => emulator.instance(id).ledger.entries);
    expect(judge({ issued, runs: second.runs, letters })).toEqual(NOTHING_LOST);
    expect(new Set(letters.map(({ identity }) => identity)).size).toBe(1);
    const successes = (id: number) =>
      runsOf(second, id).flatMap(({ text, succeeded }) => (succeeded ? text : []));
    expect(successes(receiving)).toEqual(['a', 'b']);
    expect(successes(handling)).toEqual(['take 1500', 'b']);
    expect(successes(deleting)).toEqual(['a', 'a', 'b']);
    expect(successes(deleted)).toEqual(['a', 'b']);
    expect(successes(parked)).toEqual(['b']);
    expect(successes(posting)).toEqual(['a', 'b']);
    expect(successes(postHandled)).toEqual(['take 1500', 'b']);
    expect(successes(postAnswered)).toEqual(['a', 'a', 'b']);
    expect(first.output + second.output).not.toContain(CANARY_TOKEN);
  });
});

function runsOf(app: KillableApp, id: number) {
  return app.runs.filter(({ idInstance }) => idInstance === String(id));
}

/** Each run is written down when it begins, and once more when it succeeds. */
function begun(runs: KillableApp['runs']) {
  return runs.filter(({ succeeded }) => !succeeded);
}

/** The other process says nothing of what it writes into its file. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 10));
}
