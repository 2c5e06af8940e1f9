import { describe, expect, it } from '@jest/globals';

import { judge, NOTHING_LOST } from './delivery.oracle.js';
import type { Evidence, IssuedEntry, WitnessedLetter, WitnessedRun } from './evidence.js';
import { identityOf, type Mark } from './mark.js';

const ID = '1101';
const once = { transport: 'polling', atMs: 0, receiptId: 1 } as const;

/** A ledger entry that was deleted after one hand-out. */
function issued(seq: number, changes: Partial<IssuedEntry> & Partial<Mark> = {}): IssuedEntry {
  const { lane = 'chat', mayRepeat, ...entry } = changes;
  const mark = { seq, lane, ...(mayRepeat && { mayRepeat }) };
  const raw = JSON.stringify({ mark, typeWebhook: 'incomingMessageReceived' });
  return { idInstance: ID, raw, state: 'deleted', handOuts: [once], ...entry };
}

/** A body that bears no mark, so that others may be equal to it. */
const bare = (changes: Partial<IssuedEntry> = {}): IssuedEntry =>
  issued(0, { raw: '{"typeWebhook":"quotaExceeded"}', ...changes });
const original = bare();
const bareIdentity = identityOf({ typeWebhook: 'quotaExceeded' });

const run = (seq: number, changes: Partial<WitnessedRun> = {}): WitnessedRun => ({
  identity: `#${seq}`,
  idInstance: ID,
  handler: 'Inbox.onAny',
  process: 1,
  succeeded: true,
  ...changes,
});
const bareRun = (changes: Partial<WitnessedRun> = {}) =>
  run(0, { identity: bareIdentity, ...changes });
const letter = (seq: number, changes: Partial<WitnessedLetter> = {}): WitnessedLetter => ({
  identity: `#${seq}`,
  idInstance: ID,
  handler: 'Inbox.onAny',
  ...changes,
});

const NAME = (seq: number) => `incomingMessageReceived #${seq} of ${ID} by Inbox.onAny`;
const BARE = `quotaExceeded of ${ID} by Inbox.onAny`;

describe('the oracle is content when', () => {
  it.each<[string, Evidence]>([
    ['everything was handled once and in order', { issued: [issued(1)], runs: [run(1)] }],
    [
      'a failed attempt was made good',
      { issued: [issued(1)], runs: [run(1, { succeeded: false }), run(1)] },
    ],
    [
      'what was given up on is a dead letter',
      { issued: [issued(1)], runs: [run(1, { succeeded: false })], letters: [letter(1)] },
    ],
    [
      'what is no notification is a dead letter, of whichever instance it may be',
      {
        issued: [issued(1)],
        runs: [],
        letters: [letter(1, { handler: undefined, idInstance: undefined })],
      },
    ],
    [
      'GREEN-API dropped what was never acknowledged',
      { issued: [issued(1, { state: 'expired' }), bare({ state: 'cleared' })], runs: [] },
    ],
    [
      'each of several equal bodies was handled, one more than once',
      { issued: [bare(), bare()], runs: [bareRun(), bareRun(), bareRun()] },
    ],
    [
      'what has no id of its own was handled twice',
      { issued: [issued(1, { mayRepeat: true })], runs: [run(1), run(1)] },
    ],
    [
      'another process handled it again',
      { issued: [issued(1)], runs: [run(1), run(1, { process: 2 })] },
    ],
    [
      'what was issued twice under one mark was handled once',
      { issued: [issued(1), issued(1)], runs: [run(1)] },
    ],
    [
      'a copy that GREEN-API made was not handled again',
      { issued: [original, bare({ copyOf: original })], runs: [bareRun()] },
    ],
    [
      'one chat overtook another',
      { issued: [issued(1), issued(2, { lane: 'other' })], runs: [run(2), run(1)] },
    ],
    [
      'a later attempt came after the next one',
      {
        issued: [issued(1), issued(2)],
        runs: [run(1, { succeeded: false }), run(2), run(1)],
      },
    ],
    [
      'a dropped one was run as often as it was handed out',
      {
        issued: [issued(1, { state: 'cleared', handOuts: [once, once] })],
        runs: [run(1, { succeeded: false }), run(1, { succeeded: false })],
      },
    ],
    [
      'a handler did not have what was not due to it',
      {
        issued: [issued(1), issued(2)],
        runs: [run(2)],
        handlers: [{ name: 'Inbox.onAny', isDue: (mark) => mark?.seq === 2 }],
      },
    ],
  ])('%s', (_when, evidence) => {
    expect(judge(evidence)).toEqual(NOTHING_LOST);
  });
});

describe('the oracle notices', () => {
  it('what was acknowledged and not handled', () => {
    const entries = [issued(1), issued(2)];
    expect(judge({ issued: entries, runs: [run(1)] }).lost).toEqual([NAME(2)]);
    const failed = run(2, { succeeded: false });
    expect(judge({ issued: entries, runs: [run(1), failed] }).lost).toEqual([NAME(2)]);
  });

  it('what was answered 200 and not handled, though GREEN-API did not hear it and dropped it', () => {
    const handOuts = [{ transport: 'webhook', atMs: 0, status: 200 }] as const;
    const [heard, refused] = [200, 500].map((status) =>
      issued(status, { state: 'cleared', handOuts: [{ ...handOuts[0], status }] }),
    );
    expect(judge({ issued: [heard!, refused!], runs: [] }).lost).toEqual([NAME(200)]);
  });

  it('what only one of two handlers had', () => {
    const handlers = ['Inbox.onAny', 'Inbox.onText'].map((name) => ({ name, isDue: () => true }));
    const evidence = { issued: [issued(1)], runs: [run(1)], handlers };
    const lost = [`incomingMessageReceived #1 of ${ID} by Inbox.onText`];
    expect(judge(evidence).lost).toEqual(lost);
    expect(judge({ ...evidence, letters: [letter(1)] }).lost).toEqual(lost);
    const letters = [letter(1, { handler: 'Inbox.onText' })];
    expect(judge({ ...evidence, letters })).toEqual(NOTHING_LOST);
  });

  it('what was handled as that of another instance', () => {
    const evidence = { issued: [issued(1)], runs: [run(1, { idInstance: '1102' })] };
    expect(judge(evidence).lost).toEqual([NAME(1)]);
    const letters = [letter(1, { idInstance: '1102' })];
    expect(judge({ ...evidence, letters }).lost).toEqual([NAME(1)]);
  });

  it('that one of several equal bodies was not handled', () => {
    const two = { issued: [bare(), bare()], runs: [bareRun()] };
    expect(judge(two).lost).toEqual([`${BARE}: 1 of 2`]);
    const parked = letter(0, { identity: bareIdentity });
    expect(judge({ ...two, letters: [parked] })).toEqual(NOTHING_LOST);
    expect(judge({ ...two, issued: [bare(), bare({ state: 'expired' })] })).toEqual(NOTHING_LOST);
    expect(judge({ ...two, issued: [bare(), bare({ idInstance: '1102' })] }).lost).toEqual([
      'quotaExceeded of 1102 by Inbox.onAny',
    ]);
  });

  it('what is still to come', () => {
    const verdict = judge({ issued: [issued(1), issued(2, { state: 'queued' })], runs: [run(1)] });
    expect(verdict).toEqual({
      ...NOTHING_LOST,
      waiting: [`incomingMessageReceived #2 of ${ID}`],
    });
  });

  it('what overtook its predecessor in the same chat', () => {
    const evidence = { issued: [issued(1), issued(2), issued(3)], runs: [run(1), run(3), run(2)] };
    expect(judge(evidence)).toEqual({ ...NOTHING_LOST, overtaken: [NAME(2)] });
  });

  it('what was handled twice in one process', () => {
    const evidence = { issued: [issued(1), issued(2)], runs: [run(1), run(1), run(2)] };
    expect(judge(evidence)).toEqual({ ...NOTHING_LOST, repeated: [NAME(1)] });
  });

  it('what was handled on after GREEN-API had dropped it', () => {
    const dropped = issued(1, { state: 'expired' });
    const runs = [run(1, { succeeded: false }), run(1)];
    expect(judge({ issued: [dropped], runs })).toEqual({ ...NOTHING_LOST, stale: [NAME(1)] });
  });
});
