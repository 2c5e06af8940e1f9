import type { Body, Handle } from './contestant.js';

/** Which notifications of a run fail, by their sequence. */
export interface FailurePlan {
  readonly failsTwice: number;
  readonly failsAlways: number;
  /** Whether the handler rejects a promise later, or throws at once. */
  readonly isAsync: boolean;
}

/** How often the handler ran for a notification, and how often it succeeded. */
export interface HandlerRecord {
  readonly sequence: number;
  runs: number;
  successes: number;
}

function sequenceOf({ idMessage = '' }: Body): number {
  return Number(idMessage.slice(idMessage.indexOf('-') + 1));
}

/** A handler that fails as planned, and what it did. */
export class FailingHandler {
  private readonly bySequence = new Map<number, HandlerRecord>();

  constructor(private readonly plan: FailurePlan) {}

  get records(): readonly HandlerRecord[] {
    return [...this.bySequence.values()];
  }

  readonly handle: Handle = (body) => {
    const sequence = sequenceOf(body);
    const record = this.bySequence.get(sequence) ?? { sequence, runs: 0, successes: 0 };
    this.bySequence.set(sequence, record);
    record.runs += 1;
    const { failsTwice, failsAlways, isAsync } = this.plan;
    const fails = sequence === failsAlways || (sequence === failsTwice && record.runs <= 2);
    if (!fails) {
      record.successes += 1;
      return undefined;
    }
    if (isAsync) return Promise.reject(new Error('The database is away'));
    throw new Error('The database is away');
  };
}
