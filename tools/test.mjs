// Checks the types, runs Jest with the given arguments, and checks that the output of Jest does not
// contain the token that all tests use. The last line is "N passed, N failed".
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const CANARY = /CANARY_TOKEN = '([^']+)'/.exec(readFileSync('test/support/canary.ts', 'utf8'))[1];
const folder = mkdtempSync(join(tmpdir(), 'green-notifications-'));
const resultFile = join(folder, 'result.json');

console.log('Checking types');
const typeCheck = spawnSync('tsc', ['-p', 'tsconfig.json'], {
  stdio: 'inherit',
  shell: process.platform === 'win32',
});
const printed = [];
const exitCode = await runJest();
const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(
  readFileSync(resultFile, 'utf8'),
);
rmSync(folder, { recursive: true });

const problems = [
  typeCheck.status === 0 ? undefined : 'There are type errors; see the top of this output.',
  printed.join('').includes(CANARY) ? 'The output of the tests contains a token.' : undefined,
].filter(Boolean);
for (const problem of problems) console.error(problem);
console.log(
  `${numPassedTests} passed, ${numFailedTests + numRuntimeErrorTestSuites + problems.length} failed`,
);
process.exitCode = problems.length > 0 ? 1 : exitCode;

function runJest() {
  const jest = spawn(
    process.execPath,
    [
      '--experimental-vm-modules',
      '--disable-warning=ExperimentalWarning',
      'node_modules/jest/bin/jest.js',
      '--json',
      `--outputFile=${resultFile}`,
      ...process.argv.slice(2),
    ],
    { stdio: ['inherit', 'pipe', 'pipe'] },
  );
  // With --json, Jest also prints the JSON result to standard output, so do not pass it on.
  jest.stdout.on('data', (chunk) => printed.push(String(chunk)));
  jest.stderr.on('data', (chunk) => {
    printed.push(String(chunk));
    process.stderr.write(chunk);
  });
  return new Promise((resolve) => jest.on('close', resolve));
}
