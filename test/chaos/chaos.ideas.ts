/** What chaos plays beside plain traffic and faults; a run may leave some out, to see which one hurts. */
export const IDEAS = [
  /** GREEN-API drops what is queued while the handler of its head fails: by age, or by clearWebhooksQueue. */
  'dropping',
  /** Kinds without an id of their own. */
  'without-id',
  /** The same body of such a kind, several times in a row. */
  'equal-bodies',
  /** Bodies that do not say which instance they are of; some are the same on two instances. */
  'without-instance-data',
  /** A vote given, withdrawn and given again, all under one idMessage. */
  'poll-votes',
  /** A handler whose condition says no after its handler has failed. */
  'changing-conditions',
  /** A handler that asks for time, beside one that just fails. */
  'waits',
  /** stop, start, removeInstance and addInstance while all goes on. */
  'lifecycle',
] as const;

export type Idea = (typeof IDEAS)[number];
