import type { Dispatcher } from 'undici';

import { InstanceRegistry } from '../instance/instance.registry.js';
import type { GreenNotificationsOptions } from './options/green-notifications.options.js';

/**
 * The instances of the options.
 *
 * @param dispatcher carries their calls, in place of connections to GREEN-API
 */
export function instanceRegistryOf(
  { instances }: GreenNotificationsOptions,
  dispatcher?: Dispatcher,
): InstanceRegistry {
  const registry = new InstanceRegistry(dispatcher);
  for (const { name, idInstance, apiTokenInstance, apiUrl } of instances) {
    registry.add({ name, idInstance: String(idInstance), apiTokenInstance, apiUrl });
  }
  return registry;
}
