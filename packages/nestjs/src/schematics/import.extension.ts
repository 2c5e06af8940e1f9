import type { Compiler } from './project.compiler.js';
import type { ProjectFiles } from './project.files.js';

type ReadableFiles = Pick<ProjectFiles, 'exists' | 'read'>;

const RELATIVE_IMPORT = /\bfrom\s+['"]\.[^'"]*['"]/;

/**
 * How relative imports end in this project: `.js` in ES modules, nothing in CommonJS. The imports
 * that the file has tell it best.
 */
export function importExtensionIn(
  files: ReadableFiles,
  source: string,
  compiler: Compiler | undefined,
): string {
  const [example] = RELATIVE_IMPORT.exec(source) ?? [];
  if (example !== undefined) return /\.[jt]s(?=['"])/.exec(example)?.[0] ?? '';
  return isEsModule(files) && !isCompiledToCommonJs(files, compiler) ? '.js' : '';
}

function isEsModule(files: ReadableFiles): boolean {
  const { type } = JSON.parse(files.read('/package.json')?.toString() ?? '{}') as { type?: string };
  return type === 'module';
}

function isCompiledToCommonJs(files: ReadableFiles, compiler: Compiler | undefined): boolean {
  if (!compiler) return false;
  const readFile = (path: string) => files.read(path)?.toString();
  const { config = {} } = compiler.readConfigFile('/tsconfig.json', readFile) as {
    config?: object;
  };
  const host = {
    useCaseSensitiveFileNames: true,
    fileExists: (path: string) => files.exists(path),
    readFile,
    readDirectory: () => [],
  };
  const { options } = compiler.parseJsonConfigFileContent(config, host, '/');
  return options.module === compiler.ModuleKind.CommonJS;
}
