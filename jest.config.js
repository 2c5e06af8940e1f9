const common = {
  testEnvironment: 'node',
  testEnvironmentOptions: {
    customExportConditions: ['@green-notifications/source', 'node', 'node-addons'],
  },
  testPathIgnorePatterns: ['/node_modules/', '/dist/'],
  modulePathIgnorePatterns: ['/dist/'],
  extensionsToTreatAsEsm: ['.ts'],
  transform: { '\\.ts$': '@swc/jest' },
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
};

/** @type {import('jest').Config} */
export default {
  // Most tests wait for sockets and not for a processor.
  maxWorkers: 3,
  // A guard against tests that hang, long enough for a machine that has other work.
  testTimeout: 30_000,
  projects: [
    {
      ...common,
      displayName: 'nest 12',
      globals: { NEST_MAJOR: 12 },
      testMatch: [
        '<rootDir>/{packages,sample-app,bench}/**/*.spec.ts',
        '<rootDir>/test/**/*.spec.ts',
      ],
    },
    {
      ...common,
      displayName: 'nest 11',
      globals: { NEST_MAJOR: 11 },
      testMatch: ['<rootDir>/test/{handlers,webhook}/**/*.spec.ts'],
      moduleNameMapper: {
        ...common.moduleNameMapper,
        '^@nestjs/(common|core|testing|platform-express|platform-fastify|schedule)((?:/.*)?)$':
          '<rootDir>/test/nest-11/node_modules/@nestjs/$1$2',
      },
    },
  ],
};
