/** How long anything may take that a test waits for. */
const LONGEST_MS = 4000;
const LOOK_EVERY_MS = 2;

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));

/** Resolves when the condition holds; rejects after a time, 4 s by default, with what was waited for. */
export async function eventually(
  what: string | (() => string),
  condition: () => unknown,
  longestMs = LONGEST_MS,
): Promise<void> {
  const deadline = process.hrtime.bigint() + BigInt(longestMs) * 1_000_000n;
  while (!(await condition())) {
    if (process.hrtime.bigint() > deadline) throw tooLate(what);
    await pause(LOOK_EVERY_MS);
  }
}

/** What the promise comes to; rejects after 4 s with what was waited for. */
export async function within<T>(what: string | (() => string), promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(tooLate(what)), LONGEST_MS);
  });
  try {
    return await Promise.race([promise, deadline]);
  } finally {
    clearTimeout(timer);
  }
}

function tooLate(what: string | (() => string)): Error {
  return new Error(`Waited 4 s for ${typeof what === 'string' ? what : what()}`);
}
