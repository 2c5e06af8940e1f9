/** How long anything may take that a test waits for, on a machine that is busy with other things. */
const LONGEST_MS = 15_000;
const LOOK_EVERY_MS = 2;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Resolves when the condition holds; rejects after a time, 15 s by default, with what was waited for. */
export async function eventually(
  what: string | (() => string),
  condition: () => unknown,
  longestMs = LONGEST_MS,
): Promise<void> {
  const deadline = process.hrtime.bigint() + BigInt(longestMs) * 1_000_000n;
  while (!(await condition())) {
    if (process.hrtime.bigint() > deadline) throw tooLate(what, longestMs);
    await pause(LOOK_EVERY_MS);
  }
}

/** What the promise comes to; rejects after 15 s with what was waited for. */
export async function within<T>(what: string | (() => string), promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(tooLate(what, LONGEST_MS)), LONGEST_MS);
  });
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

function tooLate(what: string | (() => string), longestMs: number): Error {
  return new Error(`Waited ${longestMs} ms for ${typeof what === 'string' ? what : what()}`);
}
