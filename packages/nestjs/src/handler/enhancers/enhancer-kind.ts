/** What Nest runs around a method. */
export const ENHANCER_KINDS = ['guards', 'pipes', 'interceptors', 'filters'] as const;

export type EnhancerKind = (typeof ENHANCER_KINDS)[number];
