import { join } from 'node:path';

import ts from 'typescript';

import type { Snippet } from './markdown.snippets.js';

/** Type-checks snippets as if each were a file of its own in `folder`; says what is wrong. */
export function problemsOf(snippets: readonly Snippet[], folder: string): readonly string[] {
  const files = new Map(snippets.map(({ line, code }) => [join(folder, `line-${line}.ts`), code]));
  const { options } = ts.parseJsonConfigFileContent(
    ts.readConfigFile('tsconfig.json', ts.sys.readFile).config,
    ts.sys,
    process.cwd(),
  );
  const host = ts.createCompilerHost(options);
  const getSourceFile = host.getSourceFile.bind(host);
  host.fileExists = (file) => files.has(file) || ts.sys.fileExists(file);
  // One snippet may import another.
  host.directoryExists = (name) => name === folder || ts.sys.directoryExists(name);
  host.getSourceFile = (file, languageVersion, ...others) => {
    const code = files.get(file);
    return code === undefined
      ? getSourceFile(file, languageVersion, ...others)
      : ts.createSourceFile(file, code, languageVersion);
  };
  const program = ts.createProgram(
    [...files.keys()],
    { ...options, noUnusedLocals: false, noUnusedParameters: false, verbatimModuleSyntax: false },
    host,
  );
  return [...files.keys()].flatMap((file) =>
    ts.getPreEmitDiagnostics(program, program.getSourceFile(file)).map(({ messageText }) => {
      const text = ts.flattenDiagnosticMessageText(messageText, '\n');
      return `${file.slice(folder.length + 1)}: ${text}`;
    }),
  );
}
