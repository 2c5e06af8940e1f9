import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';

import ts from 'typescript';

const NEST_CLI = resolve('node_modules/@nestjs/cli/bin/nest.js');
const fromCli = createRequire(NEST_CLI);
const SCHEMATICS_CLI = fromCli.resolve('@angular-devkit/schematics-cli/bin/schematics.js');
const SOURCES = 'packages/nestjs/src/schematics';

export interface ProjectKind {
  readonly nest: 11 | 12;
  readonly type: 'cjs' | 'esm';
}

/** A project as `nest new` writes it, with this package in its `node_modules`. */
export async function newProject({ nest, type }: ProjectKind): Promise<NewProject> {
  const folder = mkdtempSync(join(tmpdir(), 'green-notifications-nest-add-'));
  const collection =
    nest === 11
      ? resolve('test/nest-11/node_modules/@nestjs/schematics/dist/collection.json')
      : join(dirname(fromCli.resolve('@nestjs/schematics')), 'collection.json');
  const options = ['--name=app', '--language=ts', ...(nest === 12 ? [`--type=${type}`] : [])];
  await run(folder, SCHEMATICS_CLI, `${collection}:application`, ...options, '--no-debug');
  const project = new NewProject(join(folder, 'app'));
  project.link('node_modules/typescript', 'node_modules/typescript');
  project.link('node_modules/@types/node', 'node_modules/@types/node');
  const nestFolder = nest === 11 ? 'test/nest-11' : 'test';
  project.link(`${nestFolder}/node_modules/@nestjs/common`, 'node_modules/@nestjs/common');
  installPackage(project);
  return project;
}

/** What the tarball has for the Nest CLI, and the sources in place of the declarations. */
function installPackage(project: NewProject): void {
  const target = 'node_modules/@green-notifications/nestjs';
  const built = `${target}/dist/cjs/schematics`;
  cpSync(SOURCES, project.path(built), { recursive: true });
  for (const name of ts.sys.readDirectory(SOURCES, ['.ts'], ['**/*.spec.ts'])) {
    const { outputText } = ts.transpileModule(readFileSync(name, 'utf8'), {
      compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2023 },
    });
    project.write(name.replace(/.*\/(.*)\.ts$/, `${built}/$1.js`), outputText);
  }
  project.write(`${target}/dist/cjs/package.json`, '{ "type": "commonjs" }');
  project.write(`${target}/package.json`, readFileSync('packages/nestjs/package.json', 'utf8'));
  project.link('packages/nestjs/src', `${target}/src`);
}

export class NewProject {
  constructor(readonly root: string) {}

  path(file: string): string {
    return join(this.root, file);
  }

  read(file: string): string {
    return readFileSync(this.path(file), 'utf8');
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(this.path(file)), { recursive: true });
    writeFileSync(this.path(file), text);
  }

  link(target: string, file: string): void {
    mkdirSync(dirname(this.path(file)), { recursive: true });
    symlinkSync(resolve(target), this.path(file));
  }

  /** Runs the Nest CLI. Returns what it prints, also if it fails. */
  async nestAdd(...options: readonly string[]): Promise<string> {
    const name = '@green-notifications/nestjs';
    return run(this.root, NEST_CLI, 'add', name, '--skip-install', ...options);
  }

  /** What the compiler reports with the project's own settings. */
  problemsIn(...files: readonly string[]): readonly string[] {
    const { config } = ts.readConfigFile(this.path('tsconfig.json'), ts.sys.readFile);
    const { options } = ts.parseJsonConfigFileContent(config, ts.sys, this.root);
    const program = ts.createProgram(
      files.map((file) => this.path(file)),
      { ...options, types: ['node'], customConditions: ['@green-notifications/source'] },
    );
    return files
      .map((file) => program.getSourceFile(this.path(file)))
      .flatMap((file) => [
        ...program.getSyntacticDiagnostics(file),
        ...program.getSemanticDiagnostics(file),
      ])
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'));
  }
}

async function run(cwd: string, ...command: readonly string[]): Promise<string> {
  // CI: without questions, whatever the tests write to.
  const env = { ...process.env, CI: 'true', NODE_OPTIONS: '' };
  try {
    const { stdout, stderr } = await promisify(execFile)(process.execPath, command, { cwd, env });
    return stdout + stderr;
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    return stdout + stderr;
  }
}
