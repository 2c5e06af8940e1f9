import type { GreenNotificationsOptions } from './options/green-notifications.options.js';
import type { InstanceOptions } from './options/instance.options.js';

/** `T` before its defaults are filled in: nothing is required, all the way down. */
type Defaulted<T> = T extends readonly unknown[] | ((...args: never[]) => unknown)
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: Defaulted<T[K]> | undefined }
    : T;

/** One GREEN-API account, as `instances` takes it. */
export type InstanceModuleOptions = Pick<InstanceOptions, 'idInstance' | 'apiTokenInstance'> &
  Defaulted<Omit<InstanceOptions, 'idInstance' | 'apiTokenInstance'>>;

/** What `GreenNotificationsModule.forRoot` takes. Everything but `instances` has a default. */
export type GreenNotificationsModuleOptions = Defaulted<
  Omit<GreenNotificationsOptions, 'instances'>
> & {
  /** The GREEN-API accounts to receive from; none if all are added with `addInstance`. */
  readonly instances: readonly InstanceModuleOptions[];
};
