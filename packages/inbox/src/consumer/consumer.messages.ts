export const TAKEN_OVER = (count: number) =>
  `${count} of the notifications handled here were taken over meanwhile, or cancelled; look for ` +
  'work that blocks the event loop, a database that was away, or a pool with too few connections';
