/** Which requests, or pushes, a fault is meant for. Everything left out matches. */
export interface FaultMatch<Exchange> {
  idInstance?: number | string;
  /** How many times it is played; `Infinity` until removed. @default 1 */
  times?: number;
  /** How many matching ones are let pass before. @default 0 */
  skip?: number;
  /** A further condition. */
  when?: (exchange: Exchange) => boolean;
}
