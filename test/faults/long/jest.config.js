import config from '../../../jest.config.js';

const [project] = config.projects;

/** What takes minutes: `pnpm faults`. */
export default {
  ...project,
  displayName: 'long',
  rootDir: '../../..',
  testMatch: ['<rootDir>/test/**/*.soak.ts'],
  maxWorkers: 1,
  testTimeout: config.testTimeout,
};
