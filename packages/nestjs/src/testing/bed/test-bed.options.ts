import type { TestingModuleBuilder } from '@nestjs/testing';

import type { GreenNotificationsModuleOptions } from '../../module/green-notifications-module.options.js';

/** How `NotificationTestBed.create` builds its application. */
export interface TestBedOptions {
  /** Options of the registration. @default one instance, 1101000001 */
  readonly options?: Partial<GreenNotificationsModuleOptions>;
  /** Overrides providers, as in any Nest test, before the module is compiled. */
  readonly override?: (builder: TestingModuleBuilder) => TestingModuleBuilder;
}
