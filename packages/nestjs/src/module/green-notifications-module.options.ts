import type { GreenNotificationsOptions } from './options/green-notifications.options.js';
import type { InstanceOptions } from './options/instance.options.js';

/** `T` before its defaults are filled in: all fields are optional, at every level. */
type Defaulted<T> = T extends readonly unknown[] | ((...args: never[]) => unknown)
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: Defaulted<T[K]> | undefined }
    : T;

/** The options of one GREEN-API account, an entry of `instances`. */
export type InstanceModuleOptions = Pick<InstanceOptions, 'idInstance' | 'apiTokenInstance'> &
  Defaulted<Omit<InstanceOptions, 'idInstance' | 'apiTokenInstance'>>;

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
