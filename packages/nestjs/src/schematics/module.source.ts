import type ts from 'typescript';

import type { Compiler } from './project.compiler.js';

/** What a module gets. Code is indented by two spaces, with quotes of one stroke. */
export interface ModuleAddition {
  readonly imports: readonly string[];
  /** The entry of `imports` in `@Module`. */
  readonly module: string;
  readonly provider: string;
}

/**
 * The source with the addition, in its own indentation, quotes and line ends. `undefined` if it is
 * not plain what the source does: no or several modules, a spread, an `imports` that is no array.
 */
export function addToModule(
  compiler: Compiler,
  source: string,
  { imports, module, provider }: ModuleAddition,
): string | undefined {
  const names = ['GreenNotificationsModule', provider];
  if (names.some((name) => source.includes(name))) return undefined;
  const hasCarriageReturns = source.includes('\r\n');
  const quote = /\bfrom\s+"/.test(source) ? '"' : "'";
  const own = (code: string) => code.replaceAll("'", quote);

  let text: string | undefined = source.replaceAll('\r\n', '\n');
  text = withEntry(compiler, text, 'imports', own(module));
  text &&= withEntry(compiler, text, 'providers', provider);
  text &&= withImports(compiler, text, imports.map(own));
  return hasCarriageReturns ? text?.replaceAll('\n', '\r\n') : text;
}

function withEntry(
  compiler: Compiler,
  text: string,
  name: string,
  entry: string,
): string | undefined {
  const metadata = findMetadata(compiler, text);
  if (!metadata) return undefined;
  const property = metadata.properties.find((candidate) => nameOf(compiler, candidate) === name);
  if (!property) {
    const array = entry.includes('\n')
      ? `${name}: [\n${entry.replaceAll(/^/gm, '  ')},\n]`
      : `${name}: [${entry}]`;
    return withItem(text, metadata.properties, metadata.end - 1, array);
  }
  if (!compiler.isPropertyAssignment(property)) return undefined;
  const array = property.initializer;
  if (!compiler.isArrayLiteralExpression(array)) return undefined;
  return withItem(text, array.elements, array.end - 1, entry);
}

/** The object in the only `@Module({ … })`, if all its properties are written there. */
function findMetadata(compiler: Compiler, text: string): ts.ObjectLiteralExpression | undefined {
  const { diagnostics } = compiler.transpileModule(text, { reportDiagnostics: true });
  if (diagnostics?.length) return undefined;
  const [call, another] = parse(compiler, text)
    .statements.filter(compiler.isClassDeclaration)
    .flatMap((declaration) => compiler.getDecorators(declaration) ?? [])
    .map(({ expression }) => expression)
    .filter(compiler.isCallExpression)
    .filter(({ expression }) => compiler.isIdentifier(expression) && expression.text === 'Module');
  const metadata = call?.arguments[0];
  if (another || !metadata || !compiler.isObjectLiteralExpression(metadata)) return undefined;
  const isPlain = metadata.properties.every((property) => nameOf(compiler, property) !== undefined);
  return isPlain ? metadata : undefined;
}

function nameOf(compiler: Compiler, { name }: ts.ObjectLiteralElementLike): string | undefined {
  const isPlain = name && (compiler.isIdentifier(name) || compiler.isStringLiteral(name));
  return isPlain ? name.text : undefined;
}

/** Appends to an array or an object, which ends at `close`. Comments stay where they are. */
function withItem(text: string, items: ts.NodeArray<ts.Node>, close: number, item: string): string {
  const inner = text.slice(items.pos, close);
  const last = items.at(-1);
  if (last && !inner.includes('\n') && !item.includes('\n'))
    return `${text.slice(0, last.end)}, ${item}${text.slice(last.end)}`;
  if (inner === '' && !item.includes('\n'))
    return `${text.slice(0, close)}${item}${text.slice(close)}`;

  const outer = indentationAt(text, items.pos);
  const given = last && inner.includes('\n') ? indentationAt(text, last.getStart()) : '';
  const unit = outer || given || '  ';
  const indentation = given || outer + unit;
  const lines = item
    .replaceAll(/^(?: {2})+/gm, (spaces) => unit.repeat(spaces.length / 2))
    .replaceAll(/^/gm, indentation);
  return `${text.slice(0, items.pos)}${onLines()}\n${lines},\n${outer}${text.slice(close)}`;

  /** What is there already, each item on a line if the new one needs several. */
  function onLines(): string {
    if (!last) return inner.trimEnd();
    const rest = text.slice(last.end, close).trimEnd();
    const end = items.hasTrailingComma ? rest : `,${rest}`;
    if (inner.includes('\n')) return `${text.slice(items.pos, last.end)}${end}`;
    const each = items.map(({ pos }, index) => text.slice(pos, items[index + 1]?.pos ?? last.end));
    return `${each.map((one) => `\n${outer}${unit}${one.trim()}`).join('')}${end}`;
  }
}

function indentationAt(text: string, position: number): string {
  const line = text.slice(text.lastIndexOf('\n', position - 1) + 1);
  return /^[ \t]*/.exec(line)![0];
}

function withImports(
  compiler: Compiler,
  text: string,
  lines: readonly string[],
): string | undefined {
  const last = parse(compiler, text).statements.findLast(compiler.isImportDeclaration);
  if (!last) return undefined;
  const lineEnd = text.indexOf('\n', last.end);
  const end = lineEnd === -1 ? text.length : lineEnd;
  return `${text.slice(0, end)}\n${lines.join('\n')}${text.slice(end)}`;
}

function parse(compiler: Compiler, text: string): ts.SourceFile {
  const areParentsSet = true;
  return compiler.createSourceFile('module.ts', text, compiler.ScriptTarget.Latest, areParentsSet);
}
