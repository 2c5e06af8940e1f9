import { readFileSync, writeFileSync } from 'node:fs';

import prettier from 'prettier';

const PAGE = 'docs/compatibility.md';
const TABLE = /(?<=<!-- rows -->\n)[^]*(?=<!-- end of rows -->)/;

const HEADINGS = {
  runtime: 'runtime',
  nest: 'Nest',
  modules: 'modules',
  resolution: '`moduleResolution`',
  typescript: 'TypeScript',
  platform: 'platform',
  build: 'build',
  test: 'tests',
  inbox: 'inbox',
  inCI: 'in CI',
};

/** Whether the page has the rows that are run; writes them if asked to. */
export async function isTableTrue(rows, isUpdate) {
  const page = readFileSync(PAGE, 'utf8');
  const lines = [
    Object.values(HEADINGS),
    Object.keys(HEADINGS).map(() => '---'),
    ...rows.map((row) => Object.keys(HEADINGS).map((key) => cell(key, row[key]))),
  ];
  const table = lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
  const wanted = await prettier.format(page.replace(TABLE, `\n${table}\n\n`), {
    ...(await prettier.resolveConfig(PAGE)),
    filepath: PAGE,
  });
  if (isUpdate) writeFileSync(PAGE, wanted);
  return isUpdate || wanted === page;
}

function cell(key, value) {
  if (key === 'inbox' || key === 'inCI') return value ? 'yes' : 'no';
  if ((key === 'runtime' || key === 'nest') && !value.includes('.')) return `${value} (newest)`;
  return value;
}
