import { parseJson } from '../../gateway/parse-json.js';
import { jsonDepth } from './json-depth.js';

/** Deeper than any notification, and far less deep than the call stack. */
const DEEPEST = 500;

/** The JSON object that a body is, without keys that could reach a prototype; undefined if it is none. */
export function jsonObject(body: Buffer): Readonly<Record<string, unknown>> | undefined {
  if (jsonDepth(body) > DEEPEST) return undefined;
  try {
    const value = parseJson(body.toString('utf8'));
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
