const RUNS = 5;

/**
 * How many times more CPU time `work` takes if its input is `factor` times as long. For linear
 * work, the result is near `factor`; for quadratic work, it is near the square of `factor`.
 */
export function costGrowth(
  inputOf: (length: number) => string,
  work: (input: string) => unknown,
  { length, factor }: { readonly length: number; readonly factor: number },
): number {
  const [short, long] = [inputOf(length), inputOf(length * factor)];
  // The short input is read often enough to be measurable, too.
  const manyShort = () => {
    for (let count = 0; count < factor; count += 1) work(short);
  };
  manyShort();
  return (factor * leastCpuMicros(() => work(long))) / leastCpuMicros(manyShort);
}

/** The shortest of several runs, because other work of the machine can only make a run longer. */
function leastCpuMicros(work: () => unknown): number {
  let least = Infinity;
  for (let run = 0; run < RUNS; run += 1) {
    const before = process.cpuUsage();
    work();
    const { user, system } = process.cpuUsage(before);
    least = Math.min(least, user + system);
  }
  return least;
}
