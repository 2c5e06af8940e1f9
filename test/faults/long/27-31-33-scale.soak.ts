import { startEmulator } from '@green-notifications/emulator';
import { describe, expect, it } from '@jest/globals';

import { CANARY_TOKEN } from '../../support/canary.js';
import type { Resources } from './support/resources.js';
import { runProcess } from './support/run.process.js';

const MINUTE_MS = 60_000;

describe('starts and stops', () => {
  it(
    '10,000 leave no socket, timer or listener behind',
    async () => {
      const [report] = await runProcess<
        Record<
          'before' | 'warm' | 'afterStarts' | 'warmApplications' | 'afterApplications' | 'after',
          Resources
        > & { handled: number; warnings: string[] }
      >('restarts.process.ts', { STARTS: '10000', APPLICATIONS: '200' });
      const { before, warm, afterStarts, warmApplications, afterApplications, after } = report!;
      expect(report).toMatchObject({ handled: 1, warnings: [] });
      expect(open(afterStarts)).toEqual(open(warm));
      expect(afterStarts.heapMb - warm.heapMb).toBeLessThan(20);
      expect(open(afterApplications)).toEqual(open(warmApplications));
      expect(afterApplications.heapMb - warmApplications.heapMb).toBeLessThan(20);
      expect(open(after)).toEqual(open(before));
    },
    5 * MINUTE_MS,
  );
});

describe('instances at run time', () => {
  it(
    '31. 1,000 added, changed and removed, three times, leave nothing behind, and start spread out',
    async () => {
      const [report] = await runProcess<
        Record<'before' | 'alone' | 'warm' | 'removed' | 'after', Resources> & {
          handled: number;
          startSpreadMs: number;
          warnings: string[];
        }
      >('instances.process.ts', { INSTANCES: '1000' });
      const { before, alone, warm, removed, after } = report!;
      expect(report).toMatchObject({ handled: 6001, warnings: [] });
      expect(open(removed)).toEqual(open(alone));
      expect(removed.heapMb - warm.heapMb).toBeLessThan(20);
      expect(open(after)).toEqual(open(before));
      expect(report!.startSpreadMs).toBeGreaterThan(1000);
    },
    5 * MINUTE_MS,
  );
});

describe('a backlog', () => {
  it(
    '27. 33. of 100,000 with slow handlers and poison in front takes bounded memory',
    async () => {
      const ids = Array.from({ length: 32 }, (_, index) => 1101 + index);
      const each = 100_000 / ids.length;
      await using emulator = await startEmulator({
        instances: ids.map((idInstance) => ({ idInstance, apiTokenInstance: CANARY_TOKEN })),
      });
      for (const id of ids) {
        const instance = emulator.instance(id);
        instance.publish(instance.build.incomingText('poison'));
        for (let count = 1; count < each; count += 1) {
          const text = `${count % 50 === 0 ? 'slow' : 'quick'} ${'x'.repeat(500)}`;
          instance.publish(instance.build.incomingText(text));
        }
      }
      const reports = await runProcess<{ handled: number; heapMb: number; letters: number }>(
        'backlog.process.ts',
        {
          API_URL: emulator.url,
          IDS: JSON.stringify(ids),
          TO_HANDLE: String(100_000 - ids.length),
        },
      );
      expect(emulator.instances.every(({ queueLength }) => queueLength === 0)).toBe(true);
      const heaps = reports.map(({ heapMb }) => heapMb);
      expect(reports).toHaveLength(10);
      expect(Math.max(...heaps) - heaps[0]!).toBeLessThan(24);
      expect(reports.at(-1)!.letters).toBe(ids.length);
    },
    10 * MINUTE_MS,
  );
});

/** What is open, heap aside. */
function open({ active, processListeners }: Resources) {
  return { active, processListeners };
}
