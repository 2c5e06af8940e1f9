import { describe, expect, it } from '@jest/globals';
import ts from 'typescript';

import { addToModule } from './module.source.js';

const ADDITION = {
  imports: [`import { GreenNotificationsModule } from 'x';`, `import { Mine } from './mine';`],
  module: "GreenNotificationsModule.forRoot({\n  name: 'x',\n})",
  provider: 'Mine',
};

const HEAD = `import { Module } from '@nestjs/common';\n`;
const added = (source: string) => addToModule(ts, source, ADDITION);

/** The decorator of a module that had the given one. */
function decoratorFor(metadata: string): string | undefined {
  const source = `${HEAD}\n@Module(${metadata})\nexport class AppModule {}\n`;
  return /@Module\(([^]*)\)\nexport class/.exec(added(source) ?? '')?.[1];
}

describe('addToModule', () => {
  it.each([
    [
      'nothing',
      '{}',
      `{
  imports: [
    GreenNotificationsModule.forRoot({
      name: 'x',
    }),
  ],
  providers: [Mine],
}`,
    ],
    [
      'arrays on one line',
      `{
  providers: [A, B],
  imports: [C /* why */, D()],
}`,
      `{
  providers: [A, B, Mine],
  imports: [
    C /* why */,
    D(),
    GreenNotificationsModule.forRoot({
      name: 'x',
    }),
  ],
}`,
    ],
    [
      'arrays on several lines, comments and an indentation by tabs',
      `{
\timports: [
\t\t...shared,
\t\tC, // why
\t\t// and
\t],
\tproviders: [
\t\tA // why
\t]
}`,
      `{
\timports: [
\t\t...shared,
\t\tC, // why
\t\t// and
\t\tGreenNotificationsModule.forRoot({
\t\t\tname: 'x',
\t\t}),
\t],
\tproviders: [
\t\tA, // why
\t\tMine,
\t]
}`,
    ],
    [
      'other properties, indented by four spaces',
      `{
    controllers: [A], // why
    exports: []
}`,
      `{
    controllers: [A], // why
    exports: [],
    imports: [
        GreenNotificationsModule.forRoot({
            name: 'x',
        }),
    ],
    providers: [Mine],
}`,
    ],
  ])('adds to a module with %s', (_, before, after) => {
    expect(decoratorFor(before)).toBe(after);
  });

  it('keeps line ends and quotes', () => {
    const source = `import { Module } from "@nestjs/common"; // why\r\n@Module({})\r\nclass A {}\r\n`;
    expect(added(source)).toContain(
      `// why\r\nimport { GreenNotificationsModule } from "x";\r\nimport { Mine } from "./mine";\r\n@Module`,
    );
    expect(added(source)).toContain(`name: "x",\r\n`);
    expect(added(source)?.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it.each([
    ['no class', ''],
    ['a class without a decorator', 'class A {}'],
    ['a decorator without an object', '@Module() class A {}'],
    ['metadata from elsewhere', '@Module(metadata) class A {}'],
    ['two modules', '@Module({}) class A {}\n@Module({}) class B {}'],
    ['a spread', '@Module({ ...shared }) class A {}'],
    ['a computed name', `@Module({ [NAME]: [] }) class A {}`],
    ['imports from elsewhere', '@Module({ imports }) class A {}'],
    ['providers from elsewhere', '@Module({ providers: PROVIDERS }) class A {}'],
    ['providers put together', '@Module({ providers: A.concat(B) }) class A {}'],
    ['a name that is taken', 'class Mine {}\n@Module({}) class A {}'],
    ['a syntax error', '@Module({ imports: [ ) class A {}'],
  ])('leaves a file with %s as it is', (_, source) => {
    expect(added(HEAD + source)).toBeUndefined();
  });

  it('leaves a file without imports as it is', () => {
    expect(added('@Module({}) class A {}')).toBeUndefined();
  });
});
