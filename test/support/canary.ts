/**
 * The token of every instance in these tests. `pnpm test` searches everything that the run printed
 * for it, and fails if it is there.
 */
export const CANARY_TOKEN = 'canary5e7c1b0a94d2f86e3b7a1c5d9f0e2468ace13579bdf02468';
