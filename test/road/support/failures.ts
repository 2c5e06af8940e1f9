import { expect } from '@jest/globals';

import type { App } from './road.js';

/** What the status of an instance says that fails. */
export const failuresOf = ({ greenNotifications }: App, index = 0) =>
  greenNotifications.status.instances[index]!.failures;

export const isFailing = (app: App, index = 0): boolean => failuresOf(app, index).length > 0;

export const anyDate = expect.any(Date);
export const matching = (pattern: RegExp) => expect.stringMatching(pattern);
