/** Milliseconds on the clock that all processes of the machine share, since some moment. */
export function sharedNowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
