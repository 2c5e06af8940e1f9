import { createHash } from 'node:crypto';

import { v7 } from 'uuid';

/** PostgreSQL indexes texts of up to 2700 bytes. */
const LONGEST_LANE = 200;

/** A lane as the database keeps it: short, even if somebody sends a chat id of megabytes. */
export function shortLane(lane: string): string {
  return lane.length <= LONGEST_LANE ? lane : sha256(lane).toString('hex');
}

/** The UUID that stands for a key. */
export function identityOf(key: string): string {
  return uuidOf(sha256(key));
}

/**
 * A UUID that is greater than the one before, even if the clock is set back. pg-boss hands out the
 * jobs of one transaction in the order of their ids.
 */
export function nextJobId(): string {
  return v7();
}

function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function uuidOf(bytes: Buffer): string {
  const hex = bytes.toString('hex', 0, 16);
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
