const RUNS = 3;

/**
 * How many times as much CPU time `work` takes on an input `factor` times as long. Work that grows
 * with its input stays near `factor`; work that grows with its square comes near `factor` squared.
 */
export function costGrowth(
  inputOf: (length: number) => string,
  work: (input: string) => unknown,
  { length, factor }: { readonly length: number; readonly factor: number },
): number {
  const [short, long] = [inputOf(length), inputOf(length * factor)];
  work(short);
  return (
    leastCpuMs(() => work(long)) /
    Math.max(
      leastCpuMs(() => work(short)),
      0.1,
    )
  );
}

/** The least of several runs: whatever else the machine does only ever adds to it. */
function leastCpuMs(work: () => unknown): number {
  let least = Infinity;
  for (let run = 0; run < RUNS; run += 1) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
  }
  return least;
}
