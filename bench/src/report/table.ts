import type { SectionName } from '../bench.scale.js';

/** A table of the report. The first column names the row, the others hold figures. */
export interface Table {
  readonly section: SectionName;
  readonly title: string;
  /** What the figures mean, and what bounds them. */
  readonly note: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

function widthsOf({ columns, rows }: Table): readonly number[] {
  return columns.map((column, index) =>
    Math.max(3, column.length, ...rows.map((row) => row[index]!.length)),
  );
}

function lineOf(cells: readonly string[], widths: readonly number[], between: string): string {
  const padded = cells.map((cell, index) =>
    index === 0 ? cell.padEnd(widths[index]!) : cell.padStart(widths[index]!),
  );
  return padded.join(between);
}

/** For a terminal. */
export function plainTable(table: Table): string {
  const widths = widthsOf(table);
  const lines = [table.columns, ...table.rows].map((cells) => lineOf(cells, widths, '   '));
  const rule = '-'.repeat(lines[0]!.length);
  return [table.title, table.note, rule, lines[0], rule, ...lines.slice(1), ''].join('\n');
}

/** Laid out as prettier does it. */
export function markdownTable(table: Table): string {
  const widths = widthsOf(table);
  const lines = [table.columns, ...table.rows].map(
    (cells) => `| ${lineOf(cells, widths, ' | ')} |`,
  );
  const dashes = widths.map((width, index) =>
    index === 0 ? '-'.repeat(width) : `${'-'.repeat(width - 1)}:`,
  );
  return [lines[0], `| ${dashes.join(' | ')} |`, ...lines.slice(1)].join('\n');
}
