import config from '../jest.config.js';

const [project] = config.projects;

/** The tests of polling once more, without overlap: `pnpm serial`. */
export default {
  ...project,
  displayName: 'no overlap',
  rootDir: '..',
  globals: { ...project.globals, OVERLAP: 'never' },
  testMatch: ['<rootDir>/test/{polling,faults,road}/**/*.spec.ts'],
  maxWorkers: config.maxWorkers,
  testTimeout: config.testTimeout,
};
