/**
 * The share of a wait that a test must see pass. What is almost due may run, and the first of two
 * requests may reach a busy server later after its sending than the second.
 */
export const MOSTLY = 0.8;
