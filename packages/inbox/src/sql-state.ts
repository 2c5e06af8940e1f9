/** The SQLSTATE of a server's answer. Empty if the error is none, such as a connection that broke. */
function sqlStateOf(error: unknown): string {
  const { code } = Object(error) as { readonly code?: unknown };
  // No class of PostgreSQL begins with E, but EPIPE has five letters, too.
  return typeof code === 'string' && /^(?!E)[0-9A-Z]{5}$/.test(code) ? code : '';
}

/** Whether the server answered with an error, so that nothing was changed. */
export function isAnswer(error: unknown): boolean {
  // Classes 08 and 57 are about a connection that ends.
  return /^(?!08|57)./.test(sqlStateOf(error));
}

/** Whether the server did not take the content of a row. */
export function refusesContent(error: unknown): boolean {
  return /^(?:22|54)/.test(sqlStateOf(error));
}

/** Whether the statement itself is the reason, so that another one may succeed. */
export function isAboutStatement(error: unknown): boolean {
  return /^(?:2[0-9A-F]|42|54)/.test(sqlStateOf(error));
}
