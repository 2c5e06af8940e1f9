import { createRequire } from 'node:module';
import { join } from 'node:path';

export type Compiler = typeof import('typescript');

/**
 * The TypeScript of the project, or else that of its Nest CLI: a project may have a `typescript`
 * without a parser that JavaScript can call.
 */
export function findCompiler(): Compiler | undefined {
  const fromProject = createRequire(join(process.cwd(), 'package.json'));
  const places = [
    () => fromProject,
    () => createRequire(fromProject.resolve('@nestjs/cli/package.json')),
  ];
  for (const place of places) {
    try {
      const compiler = place()('typescript') as Compiler;
      if ('createSourceFile' in compiler) return compiler;
    } catch {
      // Not installed.
    }
  }
  return undefined;
}
