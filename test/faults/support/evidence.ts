import type { PublishedEntry } from '@green-notifications/emulator';

import type { Mark } from './mark.js';

/** One hand-written or real entry of the emulator's ledger. */
export type IssuedEntry = Pick<PublishedEntry, 'idInstance' | 'raw' | 'state' | 'handOuts'> & {
  readonly copyOf?: IssuedEntry | undefined;
};

/** What a handler of the test wrote down about one of its runs. */
export interface WitnessedRun {
  readonly identity: string;
  readonly idInstance: string;
  /** Class and method, as dead letters name it. */
  readonly handler: string;
  /** What is remembered ends with its process. */
  readonly process: number;
  readonly succeeded: boolean;
}

/** What the test read in a dead letter. */
export interface WitnessedLetter {
  readonly identity: string;
  /** Missing if it could be of several instances. */
  readonly idInstance?: string | undefined;
  /** Missing if what came is no notification, so that no handler could have it. */
  readonly handler?: string | undefined;
}

/** A handler that has to come to an end with whatever is due to it. */
export interface ExpectedHandler {
  readonly name: string;
  /** @param mark undefined for what bears none */
  readonly isDue: (mark: Mark | undefined) => boolean;
}

/** All that is known of a run: nothing of it went through a function of the product. */
export interface Evidence {
  /** The ledgers of the emulator, each in the order of issue. */
  readonly issued: readonly IssuedEntry[];
  /** In the order in which they began. */
  readonly runs: readonly WitnessedRun[];
  readonly letters?: readonly WitnessedLetter[];
  /** @default one handler that everything is due to */
  readonly handlers?: readonly ExpectedHandler[];
}

export const ONLY_HANDLER: ExpectedHandler = { name: 'Inbox.onAny', isDue: () => true };
