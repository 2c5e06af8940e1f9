import { pgBossInbox } from '@green-notifications/inbox';
import { expect, it } from '@jest/globals';
import { PgBoss } from 'pg-boss';

import { describeWithPostgres } from '../../packages/inbox/test/support/engines.js';
import { temporarySchema } from '../../packages/inbox/test/support/postgres.js';
import { eventually } from '../road/support/eventually.js';
import { PollingHarness } from '../support/polling.harness.js';
import { recordingHandler } from './support/recording.handler.js';
import { moduleOf } from './support/scene.js';

await describeWithPostgres('a job that somebody else puts into the queue of the inbox', (url) => {
  it('becomes a dead letter, and disturbs nothing', async () => {
    await using temporary = await temporarySchema(url);
    const { schema } = temporary;
    await using harness = await PollingHarness.start();
    const { Inbox, handled } = recordingHandler();
    const inbox = pgBossInbox({ connectionString: url, schema });
    const app = await harness.run({ providers: [Inbox] }, { deadLetters: undefined, inbox });
    const boss = await new PgBoss({ connectionString: url, schema, supervise: false }).start();
    for (const data of [{ hello: 1 }, null]) {
      await boss.send('green-notifications', data, { singletonKey: `key ${JSON.stringify(data)}` });
    }
    await boss.stop({ graceful: false });
    harness.instance.publish(harness.instance.build.incomingText('genuine'));
    await eventually('the genuine one is handled', () => handled.length === 1, 20_000);
    const { deadLetters } = moduleOf(app);
    await eventually(
      'both are put away',
      async () => (await deadLetters.list()).length === 2,
      20_000,
    );
    const bodies = (await deadLetters.list()).map((letter) => 'body' in letter && letter.body);
    expect(bodies).toHaveLength(2);
    expect(bodies).toEqual(expect.arrayContaining([{ hello: 1 }, null]));
    expect(harness.logs.having('ERROR', 'is no notification')).toHaveLength(2);
  });
});
