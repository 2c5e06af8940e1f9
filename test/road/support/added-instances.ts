import { type Road, type RunOptions, WEBHOOK_TOKEN } from './road.js';

/** The token of one added instance, and that of another. */
export const OWN = `${WEBHOOK_TOKEN}-own`;
export const OTHER = `${WEBHOOK_TOKEN}-other`;

/** Options of an application that has the first instance only, so that the others can be added. */
export const firstOnly = (road: Road): RunOptions => ({
  push: false,
  instances: [road.given(0)],
});
