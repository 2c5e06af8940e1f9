/** A URL without what may be secret in it: user, password and query. */
export function withoutSecrets(url: string): string {
  if (!URL.canParse(url)) return '(not a URL)';
  const { origin, pathname, search } = new URL(url);
  return `${origin}${pathname}${search === '' ? '' : '?…'}`;
}
