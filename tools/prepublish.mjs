// Before a package is published: refuses while package.json has the placeholder for the repository.
import { readFileSync } from 'node:fs';

const { name, repository } = JSON.parse(readFileSync('package.json', 'utf8'));
if (new URL(repository.url.replace(/^git\+/, '')).hostname.endsWith('.example')) {
  console.error(
    `${name}: "repository", "homepage" and "bugs" of package.json are placeholders. ` +
      'Set them in every package, and the address in packages/inbox/README.md.',
  );
  process.exit(1);
}
