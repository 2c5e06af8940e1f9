import { redact } from './redact.js';

const LONGEST_DETAIL = 300;

/** What an error body of GREEN-API says, in one short line without the token; HTML says nothing. */
export function detailOfBody(body: string, token: string): string | undefined {
  const text = messageIn(body) ?? (body.trimStart().startsWith('<') ? '' : body);
  const line = redact(text, token).replace(/\s+/g, ' ').trim().slice(0, LONGEST_DETAIL);
  return line === '' ? undefined : line;
}

function messageIn(body: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(body);
    if (typeof parsed !== 'object' || parsed === null) return undefined;
    const { message, reason } = parsed as { message?: unknown; reason?: unknown };
    return [message, reason].find((text) => typeof text === 'string');
  } catch {
    return undefined;
  }
}
