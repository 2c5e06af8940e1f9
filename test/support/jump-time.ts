import { jest } from '@jest/globals';

/** Moves every clock that the application could ask, until `jest.restoreAllMocks()`. */
export function jumpTime(byMs: number): void {
  for (const clock of [Date, performance]) {
    const realNow = clock.now.bind(clock);
    jest.spyOn(clock, 'now').mockImplementation(() => realNow() + byMs);
  }
}
