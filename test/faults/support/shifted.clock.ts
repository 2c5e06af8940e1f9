import type { KillableOptions } from './killable.app.js';

/** Sets the wall clock of a process wrong, before anything else is loaded. Timers stay as they are. */
const { clockAheadMs = 0 } = JSON.parse(process.env['KILLABLE'] ?? '{}') as KillableOptions;

const RealDate = Date;
const nowMs = () => RealDate.now() + clockAheadMs;

if (clockAheadMs !== 0) {
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, given, newTarget) =>
      Reflect.construct(target, given.length === 0 ? [nowMs()] : given, newTarget) as Date,
    apply: () => new RealDate(nowMs()).toString(),
    get: (target, name, receiver) =>
      name === 'now' ? nowMs : (Reflect.get(target, name, receiver) as unknown),
  });
}
