// Compares what each package exports with the reports in `<package>/api`, and fails if they differ.
// With --update, writes new reports instead. Needs a build.
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { Extractor, ExtractorConfig, ExtractorLogLevel } from '@microsoft/api-extractor';

const PACKAGES = ['packages/nestjs', 'packages/inbox', 'packages/emulator'];
const isUpdate = process.argv.includes('--update');

/** Messages about how comments are written; the report is about what is exported. */
const NOT_ABOUT_EXPORTS = { logLevel: ExtractorLogLevel.None };

let areEqual = true;
for (const folder of PACKAGES) {
  const { exports } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  for (const [subPath, conditions] of Object.entries(exports)) {
    if (typeof conditions === 'string') continue;
    areEqual = report(folder, subPath, conditions.require?.types ?? conditions.types) && areEqual;
  }
}
if (!areEqual) {
  console.error(
    'The public API has changed. If you mean it, run "npx pnpm@12 api --update" and commit the reports.',
  );
  process.exitCode = 1;
}

function report(folder, subPath, types) {
  const projectFolder = path.resolve(folder);
  const name = subPath === '.' ? path.basename(folder) : path.basename(subPath);
  mkdirSync(`${folder}/api`, { recursive: true });
  const reportFile = `${folder}/api/${name}.api.md`;
  const known = existsSync(reportFile);
  const config = ExtractorConfig.prepare({
    packageJsonFullPath: path.join(projectFolder, 'package.json'),
    configObjectFullPath: undefined,
    configObject: {
      projectFolder,
      mainEntryPointFilePath: path.join(projectFolder, types),
      compiler: { tsconfigFilePath: path.join(projectFolder, 'tsconfig.build.json') },
      apiReport: {
        enabled: true,
        reportFileName: `${name}.api.md`,
        reportFolder: path.join(projectFolder, 'api'),
        reportTempFolder: path.join(tmpdir(), 'green-notifications-api'),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      messages: {
        compilerMessageReporting: { default: { logLevel: ExtractorLogLevel.Warning } },
        extractorMessageReporting: {
          default: NOT_ABOUT_EXPORTS,
          'ae-forgotten-export': { logLevel: ExtractorLogLevel.Warning, addToApiReportFile: true },
        },
        tsdocMessageReporting: { default: NOT_ABOUT_EXPORTS },
      },
    },
  });
  const { apiReportChanged, errorCount } = Extractor.invoke(config, {
    localBuild: isUpdate,
    showVerboseMessages: false,
  });
  console.log(
    `${reportFile}: ${apiReportChanged ? (isUpdate ? 'written' : 'differs') : 'unchanged'}`,
  );
  return isUpdate || (known && !apiReportChanged && errorCount === 0);
}
