import { join, relative } from 'node:path';

import ts from 'typescript';

const FOLDER = join(process.cwd(), 'packages/nestjs/src');

/** Type-checks the module's sources with changes that stay in memory. */
export class ChangedSources {
  private readonly options: ts.CompilerOptions;
  private readonly files: readonly string[];
  private unchanged: ts.Program | undefined;

  constructor() {
    const { config } = ts.readConfigFile('tsconfig.json', ts.sys.readFile);
    const parsed = ts.parseJsonConfigFileContent(config, ts.sys, process.cwd());
    this.options = parsed.options;
    this.files = parsed.fileNames.filter((file) => file.startsWith(FOLDER));
  }

  /**
   * The files, as paths inside `packages/nestjs/src`, that do not compile once `change` is made.
   *
   * @param path of the file that is changed, inside `packages/nestjs/src`
   */
  brokenBy(path: string, change: (source: string) => string): readonly string[] {
    const file = join(FOLDER, path);
    const host = ts.createCompilerHost(this.options);
    const getSourceFile = host.getSourceFile.bind(host);
    host.getSourceFile = (name, languageVersion, ...others) =>
      name === file
        ? ts.createSourceFile(name, change(ts.sys.readFile(file) ?? ''), languageVersion)
        : (this.unchanged?.getSourceFile(name) ?? getSourceFile(name, languageVersion, ...others));
    const program = ts.createProgram(this.files, this.options, host);
    this.unchanged ??= program;
    const broken = this.files.filter(
      (name) => program.getSemanticDiagnostics(program.getSourceFile(name)).length > 0,
    );
    return broken.map((name) => relative(FOLDER, name)).toSorted();
  }
}
