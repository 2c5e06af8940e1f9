/**
 * From the arrival at the gateway until now, in milliseconds. The gateway writes its time into the
 * idMessage: `<nanoseconds>-<sequence>`.
 */
export function sinceArrivalMs(idMessage: string): number {
  const arrivedAt = BigInt(idMessage.slice(0, idMessage.indexOf('-')));
  return Number(process.hrtime.bigint() - arrivedAt) / 1e6;
}
