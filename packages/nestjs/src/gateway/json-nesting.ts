const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPENING = new Set([0x5b, 0x7b]);
const CLOSING = new Set([0x5d, 0x7d]);

/** How the arrays and objects of a JSON text are nested. */
export interface JsonNesting {
  readonly deepest: number;
  /** Whether the text ends inside a string, an array or an object. */
  readonly isOpenAtEnd: boolean;
}

/**
 * Looks at the nesting of a JSON text without parsing it: a text that does nothing but nest would
 * take up a hundred times its size in memory, and end whatever walks through it by recursion.
 */
export function jsonNesting(json: string): JsonNesting {
  let depth = 0;
  let deepest = 0;
  let inString = false;
  for (let at = 0; at < json.length; at += 1) {
    const code = json.charCodeAt(at);
    if (inString) {
      if (code === BACKSLASH) at += 1;
      else if (code === QUOTE) inString = false;
    } else if (code === QUOTE) inString = true;
    else if (OPENING.has(code)) deepest = Math.max(deepest, (depth += 1));
    else if (CLOSING.has(code)) depth -= 1;
  }
  return { deepest, isOpenAtEnd: inString || depth > 0 };
}
