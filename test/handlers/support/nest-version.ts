import { createRequire } from 'node:module';

const core = createRequire(import.meta.url)('@nestjs/core/package.json') as {
  readonly version: string;
};

/** The version that `@nestjs/core` resolves to here. */
export const nestVersion: string = core.version;

/** What the Jest project says it runs on. */
export const expectedNestMajor = (globalThis as { readonly NEST_MAJOR?: number }).NEST_MAJOR;
