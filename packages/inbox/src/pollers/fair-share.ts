/** What a process sees of the pollers of all processes. */
export interface PollerView {
  /** How many instances this process knows. */
  readonly known: number;
  /** How many of them nobody polls. */
  readonly free: number;
  /** How many it polls, with those it has asked for and without those it was asked for. */
  readonly mine: number;
  /** The same of each other process, and how many of them this one could ask for. */
  readonly others: readonly { readonly holds: number; readonly askable: number }[];
}

/** What a process takes, and what it asks others for. */
export interface FairShare {
  readonly take: number;
  readonly ask: number;
  /** How many a process keeps that is asked. */
  readonly keep: number;
}

/**
 * Decides how many instances a process takes and asks for, so that in the end each polls as many as
 * the others, or one less.
 *
 * Of what nobody polls it takes its share only, because the others take theirs. If some is left
 * over, nobody else knows those instances.
 */
export function fairShareOf(view: PollerView, isLeftOver: boolean): FairShare {
  const { known, free, mine, others } = view;
  const processes = others.length + 1;
  const room = Math.max(0, Math.ceil(known / processes) - mine);
  const take = isLeftOver ? free : Math.min(free, room);
  const holds = mine + take;
  const share = Math.floor(known / processes);
  // Asking for one more than the share is fair if the other one still has as many.
  const keep = Math.max(share, holds + 1);
  const available = others.reduce(
    (sum, other) => sum + Math.min(other.askable, Math.max(0, other.holds - keep)),
    0,
  );
  const ask = take < free ? 0 : Math.min(available, Math.max(1, share - holds));
  return { take, ask, keep };
}
