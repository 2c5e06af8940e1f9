import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import type { BenchResult } from '../run.bench.js';
import { plotsOf } from './result.plots.js';
import { tablesOf } from './result.tables.js';
import { markdownTable } from './table.js';

/**
 * Writes the plots into the folder `path`, and the tables into the page `<path>.md`, each between
 * its marks: `<!-- bench:polling -->` and `<!-- /bench:polling -->`. The rest of the page stays.
 */
export function writePage(path: string, result: BenchResult): void {
  mkdirSync(path, { recursive: true });
  for (const [name, plot] of Object.entries(plotsOf(result))) {
    writeFileSync(join(path, `${name}.svg`), plot);
  }
  const page = `${path}.md`;
  writeFileSync(page, fill(readFileSync(page, 'utf8'), result));
}

/** The page with the tables of `result`. Sections that were not measured stay as they are. */
export function fill(page: string, result: BenchResult): string {
  const blocks = new Map<string, string[]>([['machine', [machineLine(result)]]]);
  for (const table of tablesOf(result)) {
    const block = blocks.get(table.section) ?? [];
    block.push(`**${table.title}.** ${table.note}`, markdownTable(table));
    blocks.set(table.section, block);
  }
  let filled = page;
  for (const [section, block] of blocks) {
    const [start, end] = [`<!-- bench:${section} -->`, `<!-- /bench:${section} -->`];
    const from = filled.indexOf(start);
    const to = filled.indexOf(end);
    if (from === -1 || to === -1) throw new Error(`The page has no ${start} … ${end}`);
    filled = `${filled.slice(0, from + start.length)}\n\n${block.join('\n\n')}\n\n${filled.slice(to)}`;
  }
  return filled;
}

function machineLine({ machine, takenAt, tookSeconds, isQuick }: BenchResult): string {
  const command = isQuick ? 'npx pnpm@12 bench --quick' : 'npx pnpm@12 bench';
  return `Taken on ${takenAt.slice(0, 10)} with \`${command}\`, in ${tookSeconds} seconds: Node ${machine.node}, ${machine.platform}, ${machine.cpus}.`;
}
