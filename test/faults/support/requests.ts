import type { EmulatedInstance } from '@green-notifications/emulator';

/** The most requests of a method that an instance got within any `windowMs`. */
export function mostWithin(
  windowMs: number,
  { requests }: EmulatedInstance,
  method: string,
): number {
  const times = requests.of({ method }).map(({ atMs }) => atMs);
  return Math.max(
    0,
    ...times.map((from) => times.filter((at) => at >= from && at < from + windowMs).length),
  );
}

/** The times between consecutive requests of a method, in milliseconds. */
export function intervalsMs({ requests }: EmulatedInstance, method: string): number[] {
  const times = requests.of({ method }).map(({ atMs }) => atMs);
  return times.slice(1).map((at, index) => at - times[index]!);
}
