import config from '../../../jest.config.js';

const [project] = config.projects;

/** What takes minutes: `pnpm faults`. */
export default {
  ...project,
  displayName: 'long',
  rootDir: '../../..',
  testMatch: ['<rootDir>/test/**/*.soak.ts'],
  // They wait for processes, leases and time limits more than for a processor.
  maxWorkers: 2,
  testTimeout: config.testTimeout,
};
