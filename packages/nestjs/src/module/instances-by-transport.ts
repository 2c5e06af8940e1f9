import type { TransportName } from '../delivery/delivery.js';
import type { Instance } from '../instance/instance.js';
import type { InstanceRegistry } from '../instance/instance.registry.js';
import type { GreenNotificationsOptions } from './options/green-notifications.options.js';

/** Which instances receive by which transport. */
export class InstancesByTransport {
  private readonly exceptions: ReadonlyMap<string, TransportName>;

  constructor(
    private readonly registry: InstanceRegistry,
    private readonly options: GreenNotificationsOptions,
  ) {
    this.exceptions = new Map(
      options.instances.flatMap(({ idInstance, transport }) =>
        transport === undefined ? [] : [[String(idInstance), transport]],
      ),
    );
  }

  transportOf({ idInstance }: Instance): TransportName {
    return this.exceptions.get(idInstance) ?? this.options.transport;
  }

  of(transport: TransportName): readonly Instance[] {
    return this.registry.all().filter((instance) => this.transportOf(instance) === transport);
  }

  /** Whether there are such instances, or will be when some are added. */
  uses(transport: TransportName): boolean {
    return this.options.transport === transport || this.of(transport).length > 0;
  }
}
