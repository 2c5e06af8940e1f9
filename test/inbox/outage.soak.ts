import { Ctx, NotificationContext, OnNotification, Text } from '@green-notifications/nestjs';
import { pgBossInbox } from '@green-notifications/inbox';
import { describe, expect, it, jest } from '@jest/globals';
import { Injectable } from '@nestjs/common';

import { eventually } from '../road/support/eventually.js';
import { PollingHarness } from '../support/polling.harness.js';
import { noCluster, PostgresCluster } from './support/postgres.cluster.js';
import { moduleOf } from './support/scene.js';

jest.setTimeout(300_000);

/** Set it to 60000 for a minute. */
const AWAY_MS = Number(process.env['GREEN_TEST_OUTAGE_MS'] ?? 10_000);
const reason = noCluster();

const until = (what: string | (() => string), condition: () => unknown) =>
  eventually(what, condition, AWAY_MS + 60_000);
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function start() {
  const cluster = await PostgresCluster.start();
  const harness = await PollingHarness.start();
  const runs: string[] = [];
  @Injectable()
  class Inbox {
    @OnNotification('incomingMessageReceived')
    async onText(@Text() text: string, @Ctx() { attempt }: NotificationContext) {
      runs.push(text);
      await pause(20);
      if (text.endsWith('fails once') && attempt === 1) throw new Error('no');
    }
  }
  const inbox = pgBossInbox({ connectionString: cluster.url, leaseMs: 1000 });
  const retry = { attempts: 10, backoff: { initialMs: 20, maxMs: 20 } };
  const app = await harness.run({ providers: [Inbox] }, { deadLetters: undefined, retry, inbox });
  const { instance } = harness;
  const published: string[] = [];
  return {
    cluster,
    harness,
    runs,
    status: () => moduleOf(app).status.inbox!,
    queueLength: () => instance.queueLength,
    say(count: number) {
      for (let index = 0; index < count; index += 1) {
        const text = `${published.length}${index % 5 === 0 ? ' fails once' : ''}`;
        published.push(text);
        instance.publish(instance.build.incomingText(text, { chatId: `${index % 3}@c.us` }));
      }
    },
    /** Everything was handled, in the order of each chat. */
    async untilAllHandled() {
      await until(
        () => `${published.length} are handled, not only ${new Set(runs).size}`,
        () => new Set(runs).size === published.length && instance.queueLength === 0,
      );
      await until('the inbox is empty', async () => this.status().running === 0);
      const first = [...new Set(runs)];
      for (const chat of [0, 1, 2]) {
        const ofChat = (text: string) => indexOf(text) === chat;
        expect(first.filter(ofChat)).toEqual(published.filter(ofChat));
      }
    },
    async [Symbol.asyncDispose]() {
      await harness[Symbol.asyncDispose]();
      await cluster[Symbol.asyncDispose]();
    },
  };
  function indexOf(text: string): number {
    return (published.indexOf(text) % 40) % 3;
  }
}

(reason === undefined ? describe : describe.skip)(
  `28. PostgreSQL away for ${AWAY_MS} ms${reason === undefined ? '' : `: ${reason}`}`,
  () => {
    it('paused: nothing is acknowledged meanwhile, nothing is lost, all goes on by itself', async () => {
      await using scene = await start();
      scene.say(40);
      await until('some are handled', () => scene.runs.length > 10);
      await scene.cluster.signal('SIGSTOP');
      scene.say(40);
      await pause(AWAY_MS);
      expect(scene.queueLength()).toBeGreaterThan(30);
      await scene.cluster.signal('SIGCONT');
      await scene.untilAllHandled();
    });

    it('restarted after a crash: the same', async () => {
      await using scene = await start();
      scene.say(40);
      await until('some are handled', () => scene.runs.length > 10);
      await scene.cluster.restart();
      scene.say(40);
      await scene.untilAllHandled();
      expect(scene.status().failure).toBeUndefined();
    });

    it('with a full disk: the same, and the status says why', async () => {
      await using scene = await start();
      scene.say(40);
      await until('some are handled', () => scene.runs.length > 10);
      const free = await scene.cluster.fill();
      await until('storing fails', () => {
        scene.say(1);
        return scene.status().failure !== undefined;
      });
      await pause(AWAY_MS);
      // The server may have found a little room meanwhile.
      await until('nothing more is acknowledged', () => {
        scene.say(1);
        return scene.queueLength() > 0;
      });
      await free();
      scene.say(5);
      await until('it works again', () => scene.status().failure === undefined);
      await until(
        () => `all are handled: ${scene.queueLength()} are in the queue`,
        () => scene.queueLength() === 0,
      );
      expect(scene.status().failure).toBeUndefined();
    });
  },
);
