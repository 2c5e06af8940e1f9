import { readdir } from 'node:fs/promises';

import { describe, expect, it } from '@jest/globals';

import { fails, rejects } from '../support/behaviours.js';
import { alarm } from '../support/dead-letter-alarm.js';
import { eventually } from '../support/eventually.js';
import { inbox, Journal } from '../support/recording-inbox.js';
import { NO_DEAD_LETTERS, QUICK, Road } from '../support/road.js';
import { workingDirectory } from '../support/working-directory.js';

describe('deadLetters: false', () => {
  it('never gives up, and logs once at the start what that means', async () => {
    await using road = await Road.start();
    await using directory = await workingDirectory();
    const journal = new Journal();
    const app = await road.run('polling', [inbox(journal, fails)], {
      deadLetters: NO_DEAD_LETTERS,
      retry: { attempts: 2, backoff: QUICK },
    });
    const said = road.logs.lines.filter((line) => /deadLetters/.test(line));
    expect(said).toHaveLength(1);
    const entry = road.publish('poison');
    await eventually('it to be tried on and on', () => journal.runs.length >= 6);
    expect(entry.state).toBe('queued');
    expect(app.first.stuck).toBe(1);
    expect(await readdir(directory.path)).toEqual([]);
  });

  it('keeps what a handler rejects, too', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    await road.run('polling', [inbox(journal, rejects)], { deadLetters: NO_DEAD_LETTERS });
    const entry = road.publish('poison');
    await eventually('a third attempt', () => journal.runs.length >= 3);
    expect(entry.state).toBe('queued');
  });

  it('does not go with @OnDeadLetter: an error or the log names the method', async () => {
    await using road = await Road.start();
    const refusal = await road
      .run('polling', [inbox(new Journal()), alarm()], { deadLetters: NO_DEAD_LETTERS })
      .then(
        () => '',
        (error: Error) => error.message,
      );
    const said = [...road.logs.having('WARN', ''), ...road.logs.having('ERROR', ''), refusal];
    expect(said.filter((line) => line.includes('Alarm.onDeadLetter'))).not.toEqual([]);
  });
});
