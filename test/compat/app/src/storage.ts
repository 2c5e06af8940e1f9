/** Without an inbox. */
export const storage = () => ({});
