import { MARK, PUBLISHED, TEXT } from './published.bodies.js';

/** What a notification is about: the usual mix, or texts only. */
export type Traffic = 'mix' | 'texts';

type Fill = (idInstance: number, idMessage: string, timestamp: string) => string;

/** Cuts a body at its marks once, so that writing one notification costs no serialisation. */
function cut(body: Readonly<Record<string, unknown>>): Fill {
  // Numbers: their marks stand in quotes, which must go.
  const text = JSON.stringify(body)
    .replace(`"${MARK.idInstance}"`, MARK.idInstance)
    .replace(`"${MARK.timestamp}"`, MARK.timestamp);
  const [start = '', rest = ''] = text.split(MARK.idInstance);
  const [middle = '', tail = ''] = rest.split(MARK.timestamp);
  const [beforeId = '', end] = tail.split(MARK.idMessage);
  return (idInstance, idMessage, timestamp) =>
    start + idInstance + middle + timestamp + beforeId + (end === undefined ? '' : idMessage + end);
}

/** One hundred entries, in an order in which the kinds take turns. */
function mixed(): readonly Fill[] {
  const entries = PUBLISHED.flatMap(({ share, body }) => {
    const fill = cut(body);
    return Array.from({ length: share }, (_, index) => ({ fill, turn: (index + 0.5) / share }));
  });
  return entries.toSorted((one, other) => one.turn - other.turn).map(({ fill }) => fill);
}

const MIX = mixed();
const TEXTS = [cut(TEXT)];

/**
 * Writes the `sequence`-th notification of an instance. Its idMessage is the time at which it
 * arrived, on the clock that all processes of the machine share, and its number:
 * `<nanoseconds>-<sequence>`.
 */
export function writeNotification(idInstance: number, sequence: number, traffic: Traffic): string {
  const fills = traffic === 'mix' ? MIX : TEXTS;
  const fill = fills[sequence % fills.length]!;
  const timestamp = String(Math.floor(Date.now() / 1000));
  return fill(idInstance, `${process.hrtime.bigint()}-${sequence}`, timestamp);
}
