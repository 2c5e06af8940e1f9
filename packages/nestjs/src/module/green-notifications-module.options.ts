import type { Defaulted, InstanceModuleOptions } from './instance-module.options.js';
import type { GreenNotificationsOptions } from './options/green-notifications.options.js';

/**
 * The options of `GreenNotificationsModule.forRoot`. Everything except `instances` has a default.
 */
export type GreenNotificationsModuleOptions = Defaulted<
  Omit<GreenNotificationsOptions, 'instances' | 'inbox' | 'instanceSource'>
> & {
  /** The GREEN-API accounts to receive from; `[]` if all are added with `addInstance`. */
  readonly instances: readonly InstanceModuleOptions[];
  readonly instanceSource?: GreenNotificationsOptions['instanceSource'] | undefined;
  readonly inbox?: GreenNotificationsOptions['inbox'] | undefined;
};
