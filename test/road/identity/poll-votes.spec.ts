import { type EmulatedInstance, messages, sentTwice } from '@green-notifications/emulator';
import { describe, expect, it } from '@jest/globals';

import { inbox, Journal } from '../support/recording-inbox.js';
import { Road, TRANSPORTS } from '../support/road.js';

type Build = EmulatedInstance['build'];

describe.each(TRANSPORTS)('36. votes in a poll that bear one id (%s)', (transport) => {
  const vote = (build: Build, voters: readonly string[], timestamp: number) =>
    build.incoming(messages.pollUpdate('POLL1', 'Lunch?', { Pizza: voters }), {
      idMessage: 'VOTE1',
      timestamp,
    });
  const votersIn = (body: unknown) =>
    (body as { messageData: { pollMessageData: { votes: { optionVoters: string[] }[] } } })
      .messageData.pollMessageData.votes[0]!.optionVoters;

  it('are all handled: given, withdrawn, and given again', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    await road.run(transport, [inbox(journal)]);
    const { build } = road.instance;
    const votes = [['a@c.us'], [], ['a@c.us'], [], ['a@c.us']];
    for (const [index, voters] of votes.entries()) {
      road.instance.publish(vote(build, voters, 1_790_000_000 + index));
    }
    await road.drained();
    expect(journal.runs.map(({ body }) => votersIn(body))).toEqual(votes);
  });

  it('are handled once when the very same is sent again', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    if (transport === 'webhook') road.emulator.faults.nextPush({ times: 3 }, sentTwice());
    await road.run(transport, [inbox(journal)]);
    const body = vote(road.instance.build, ['a@c.us'], 1_790_000_000);
    road.publishCopies(body, 3);
    await road.drained();
    expect(journal.runs).toHaveLength(1);
  });
});
