import { copyFileSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const APP = 'test/compat/app';

/** Writes the application of a row into an empty folder, as a user of that stack would have it. */
export function writeProject(row, folder, tarballs) {
  cpSync(APP, folder, { recursive: true });
  const choose = (name, variant, isChosen) => {
    if (isChosen) copyFileSync(`${folder}/src/${name}.${variant}.ts`, `${folder}/src/${name}.ts`);
    rmSync(`${folder}/src/${name}.${variant}.ts`);
  };
  choose('platform', 'fastify', row.platform === 'Fastify');
  choose('storage', 'inbox', row.inbox);
  if (row.modules === 'CommonJS') withoutExtensions(folder);
  const json = (file, content) =>
    writeFileSync(path.join(folder, file), JSON.stringify(content, undefined, 2));
  json('package.json', packageOf(row, tarballs));
  json('tsconfig.json', tsconfigOf(row));
  json('tsconfig.build.json', buildOf(row));
  json('nest-cli.json', NEST_CLI);
  json('.swcrc', swcOf(row));
  writeFileSync(`${folder}/jest.config.mjs`, `export default ${JSON.stringify(jestOf(row))};\n`);
  writeFileSync(`${folder}/vitest.config.mjs`, VITEST);
}

const isESM = ({ modules }) => modules === 'ESM';

/** In CommonJS people write `./bot`, which also is the only thing that webpack finds. */
function withoutExtensions(folder) {
  for (const name of readdirSync(folder, { recursive: true })) {
    if (!name.endsWith('.ts')) continue;
    const file = path.join(folder, name);
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replaceAll(/(from '\.[^']+)\.js'/g, "$1'"));
  }
}

function buildOf(row) {
  const options = { outDir: 'dist', types: ['node'] };
  return {
    extends: './tsconfig.json',
    // With a rootDir, Nest lets SWC write into dist/src; without one, so does TypeScript 6.
    compilerOptions: row.build.includes('swc') ? options : { ...options, rootDir: 'src' },
    include: ['src'],
  };
}

const NEST_CLI = {
  collection: '@nestjs/schematics',
  sourceRoot: 'src',
  compilerOptions: { tsConfigPath: 'tsconfig.build.json' },
};

function packageOf(row, tarballs) {
  const nest = /^\d+$/.test(row.nest) ? `^${row.nest}.0.0` : row.nest;
  const nestTool = `^${Number.parseInt(row.nest, 10)}.0.0`;
  const { [INBOX]: inbox, ...others } = tarballs;
  const when = (condition, dependencies) => (condition ? dependencies : {});
  return {
    name: row.name,
    private: true,
    type: isESM(row) ? 'module' : 'commonjs',
    dependencies: {
      '@nestjs/common': nest,
      '@nestjs/core': nest,
      [`@nestjs/platform-${row.platform.toLowerCase()}`]: nest,
      '@nestjs/testing': nest,
      'reflect-metadata': '^0.2.2',
      rxjs: '^7.8.2',
      ...others,
      ...when(row.inbox, { [INBOX]: inbox }),
    },
    devDependencies: {
      typescript: `~${row.typescript}.0`,
      '@types/node': '^24.0.0',
      // Types of Nest name it.
      ...when(row.platform === 'Express', { '@types/express': '^5.0.0' }),
      ...when(row.build.startsWith('nest'), { '@nestjs/cli': nestTool }),
      ...when(row.build.includes('webpack'), { 'ts-loader': '^9.5.0' }),
      ...when(row.build.includes('swc'), { '@swc/cli': '*', '@swc/core': '^1.15.18' }),
      ...when(row.test === 'Jest', { jest: '^30.0.0', '@types/jest': '^30.0.0' }),
      ...when(row.test === 'Jest' && !isESM(row), { 'ts-jest': '^29.4.0' }),
      ...when(row.test === 'Jest' && isESM(row), {
        '@swc/jest': '^0.2.39',
        '@swc/core': '^1.15.18',
      }),
      ...when(row.test === 'Vitest', {
        vitest: '^5.0.0',
        'unplugin-swc': '^2.0.0',
        '@swc/core': '^1.15.18',
      }),
    },
  };
}

const INBOX = '@green-notifications/inbox';

function tsconfigOf(row) {
  return {
    compilerOptions: {
      target: 'ES2023',
      module: { node10: 'commonjs', bundler: 'esnext' }[row.resolution] ?? row.resolution,
      moduleResolution: row.resolution,
      esModuleInterop: true,
      strict: true,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
      isolatedModules: true,
      // The types of the packages must hold for themselves. Those of pg-boss do not.
      skipLibCheck: row.inbox,
      types: ['node', ...{ Jest: ['jest'], Vitest: ['vitest/globals'], none: [] }[row.test]],
    },
    include: row.test === 'none' ? ['src'] : ['src', 'test'],
  };
}

function swcOf(row) {
  return {
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true },
      keepClassNames: true,
    },
    module: { type: isESM(row) ? 'es6' : 'commonjs' },
  };
}

function jestOf(row) {
  const common = { testEnvironment: 'node', testMatch: ['<rootDir>/test/**/*.test.ts'] };
  if (!isESM(row)) return { ...common, preset: 'ts-jest' };
  return {
    ...common,
    extensionsToTreatAsEsm: ['.ts'],
    transform: { '\\.ts$': '@swc/jest' },
    moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  };
}

const VITEST = `
import swc from 'unplugin-swc';

export default {
  plugins: [swc.vite({ module: { type: 'es6' } })],
  test: { globals: true, include: ['test/**/*.test.ts'], testTimeout: 60000 },
};
`;
