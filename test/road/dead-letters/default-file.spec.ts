import { mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import { FileDeadLetterStore, GreenNotificationsModule } from '@green-notifications/nestjs';
import { describe, expect, it } from '@jest/globals';

import { fails, rejects } from '../support/behaviours.js';
import { eventually, within } from '../support/eventually.js';
import { inbox, Journal } from '../support/recording-inbox.js';
import { QUICK, Road, type RunOptions } from '../support/road.js';
import { without } from '../support/without.js';
import { workingDirectory } from '../support/working-directory.js';

const FILE = 'green-notifications.dead-letters.jsonl';

/** The options of the harness without `deadLetters`, as of somebody who never heard of them. */
function silentOptions(road: Road, options: RunOptions = {}) {
  return without(road.options('polling', options), 'deadLetters');
}

async function runSilently(road: Road, providers: Parameters<Road['run']>[1], options = {}) {
  return road.runModule({
    imports: [GreenNotificationsModule.forRoot(silentOptions(road, options))],
    providers: [...providers],
  });
}

describe('dead letters, with nothing configured', () => {
  it('go to a file in the working directory that only its owner can read', async () => {
    await using road = await Road.start();
    await using directory = await workingDirectory();
    const journal = new Journal();
    const app = await runSilently(road, [
      inbox(journal, ({ text }) => (text === 'poison' ? rejects() : undefined)),
    ]);
    road.publish('poison');
    await within('what is behind it to be deleted', road.publish('behind').deleted);
    expect(journal.texts).toEqual(['poison', 'behind']);
    expect(await readdir(directory.path)).toEqual([FILE, `${FILE}.lock`]);
    expect((await stat(join(directory.path, FILE))).mode & 0o777).toBe(0o600);
    expect(await readFile(join(directory.path, FILE), 'utf8')).toContain('poison');
    await app.nest.close();
  });

  it('are announced in one log line at the start', async () => {
    await using road = await Road.start();
    await using _ = await workingDirectory();
    const app = await runSilently(road, [inbox(new Journal())]);
    expect(road.logs.lines.filter((line) => line.includes(FILE))).toHaveLength(1);
    expect(road.logs.having('WARN', '')).toEqual([]);
    await app.nest.close();
  });

  it('can be redriven by the next process', async () => {
    await using road = await Road.start();
    await using _ = await workingDirectory();
    const before = await runSilently(road, [inbox(new Journal(), rejects)]);
    await within('it to be deleted', road.publish('poison').deleted);
    await before.nest.close();
    const journal = new Journal();
    const { greenNotifications, nest } = await runSilently(road, [inbox(journal)]);
    const [letter] = await greenNotifications.deadLetters.list();
    expect(letter).toMatchObject({ handler: 'Inbox.onAny', attempts: 1 });
    await within('the redrive', greenNotifications.deadLetters.redrive(letter!.id));
    expect(journal.texts).toEqual(['poison']);
    expect(await greenNotifications.deadLetters.list()).toEqual([]);
    await nest.close();
  });

  it('leave no file where nothing is started', async () => {
    await using road = await Road.start();
    await using directory = await workingDirectory();
    const app = await runSilently(road, [inbox(new Journal())], { autoStart: false });
    await app.nest.close();
    for (const name of await readdir(directory.path)) {
      // Looking whether it can be written may make it, empty.
      expect((await stat(join(directory.path, name))).size).toBe(0);
    }
  });

  it('that cannot be written cause a warning, and the notification is kept and retried', async () => {
    await using road = await Road.start();
    await using directory = await workingDirectory();
    await mkdir(join(directory.path, FILE));
    const journal = new Journal();
    const app = await runSilently(road, [inbox(journal, fails)], {
      retry: { attempts: 2, backoff: QUICK },
    });
    expect(road.logs.having('WARN', FILE)).toHaveLength(1);
    const entry = road.publish('poison');
    await eventually('it to be tried on and on', () => journal.runs.length >= 6);
    expect(entry.state).toBe('queued');
    expect(app.first).toMatchObject({ stuck: 1, deadLettered: 0 });
    await app.nest.close();
  });

  it('wait, with a warning, for another process that has the file open', async () => {
    await using road = await Road.start();
    await using _ = await workingDirectory();
    const other = new FileDeadLetterStore(FILE);
    await other.check();
    const app = await runSilently(road, [inbox(new Journal(), rejects)], {
      retry: { backoff: QUICK },
    });
    expect(road.logs.having('WARN', `${FILE} is in use by`)).toHaveLength(1);
    const entry = road.publish('poison');
    await road.logs.until('ERROR', 'The dead letter store failed');
    expect(entry.state).toBe('queued');
    await other.close();
    await entry.deleted;
    expect(app.first).toMatchObject({ stuck: 0, deadLettered: 1 });
    await app.nest.close();
  }, 30_000);

  it('stop the start when the file is named and cannot be written', async () => {
    await using road = await Road.start();
    await using directory = await workingDirectory();
    await expect(
      road.run('polling', [inbox(new Journal())], { deadLetters: { file: directory.path } }),
    ).rejects.toMatchObject({ code: 'DEAD_LETTER_STORE_UNUSABLE' });
  });
});
