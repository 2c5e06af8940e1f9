export const NOT_FORWARDED = { forwardingScore: 0, isForwarded: false } as const;
