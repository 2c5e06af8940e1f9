import type { InstanceOptions } from './options/instance.options.js';

/** `T` before its defaults are filled in: all fields are optional, at every level. */
export type Defaulted<T> = T extends readonly unknown[] | ((...args: never[]) => unknown)
  ? T
  : T extends object
    ? { readonly [K in keyof T]?: Defaulted<T[K]> | undefined }
    : T;

/** The options of one GREEN-API account, an entry of `instances`. */
export type InstanceModuleOptions = Pick<InstanceOptions, 'idInstance' | 'apiTokenInstance'> &
  Defaulted<Omit<InstanceOptions, 'idInstance' | 'apiTokenInstance'>>;
