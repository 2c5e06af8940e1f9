import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

const NOT_FOR_USERS = new Set(['architecture.md', 'dependencies.md', 'performance.md']);

/** The pages for users are in the package, so that they can be read without a network. */
const PAGES = readdirSync('docs')
  .filter((name) => name.endsWith('.md') && !NOT_FOR_USERS.has(name))
  .map((name) => `docs/${name}`);

const LINK = /\]\((?![a-z]+:|#)([^)#\s]+)(#[^)]*)?\)/g;

/** Where a file of the repository can be read on the web. */
export function addressOf(file) {
  const { repository } = JSON.parse(readFileSync('packages/nestjs/package.json', 'utf8'));
  return `${repository.url.replace(/^git\+|\.git$/g, '')}/blob/main/${file}`;
}

/**
 * The README and the pages as they are in the tarball of `@green-notifications/nestjs`. The README
 * is shown by npm, where no relative link works. A page may name another page by its file.
 */
export function packedPages() {
  return ['README.md', ...PAGES].map((file) => ({ file, text: withLinksThatWork(file) }));
}

function withLinksThatWork(file) {
  return readFileSync(file, 'utf8').replace(LINK, (link, target, fragment = '') => {
    const named = path.posix.join(path.posix.dirname(file), target);
    if (!existsSync(named)) throw new Error(`${file} links to ${named}, which does not exist`);
    const isPackedToo = file !== 'README.md' && PAGES.includes(named);
    return isPackedToo ? link : `](${addressOf(named)}${fragment})`;
  });
}
