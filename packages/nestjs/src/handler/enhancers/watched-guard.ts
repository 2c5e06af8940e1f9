import type { CanActivate, ExecutionContext } from '@nestjs/common';
import { isObservable, lastValueFrom } from 'rxjs';

import { describeThrown } from './thrown-description.js';

/** `guard`, except that `trouble` hears of it when it denies or throws. */
export function watchedGuard(guard: CanActivate, trouble: (what: string) => void): CanActivate {
  const canActivate = async (context: ExecutionContext): Promise<boolean> => {
    try {
      const answer = await guard.canActivate(context);
      const allowed = isObservable(answer) ? await lastValueFrom(answer) : answer;
      if (!allowed) trouble('denied a notification');
      return allowed;
    } catch (error) {
      trouble(describeThrown(error));
      throw error;
    }
  };
  return Object.create(guard, { canActivate: { value: canActivate } }) as CanActivate;
}
