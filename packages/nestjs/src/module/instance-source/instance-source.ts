import type { InstanceModuleOptions } from '../instance-module.options.js';

/** Where the instances of an application come from, such as a table of tenants. */
export interface InstanceSource {
  /**
   * All instances, each with the same fields as an entry of `instances`. The module adds the new
   * ones, removes those that are missing, and replaces those that have changed. It has failed if it
   * rejects or takes longer than 10 s; then the instances stay as they are.
   */
  list(): Promise<readonly InstanceModuleOptions[]>;
  /**
   * How long to wait before `list` is called again, in milliseconds, at least 1.
   *
   * @default 30000
   */
  readonly refreshMs?: number;
}
