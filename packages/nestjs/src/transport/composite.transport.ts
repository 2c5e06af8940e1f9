import type { Instance, TransportName } from '../instance/instance.js';
import { type ReceivingHealth, Transport } from './transport.js';

/** Combines several transports into one. Each instance uses the transport that it names. */
export class CompositeTransport extends Transport {
  constructor(private readonly transports: Readonly<Record<TransportName, Transport>>) {
    super();
  }

  async start(): Promise<void> {
    for (const transport of Object.values(this.transports)) await transport.start();
  }

  async stop(timeoutMs: number): Promise<void> {
    const transports = Object.values(this.transports);
    await Promise.all(transports.map((transport) => transport.stop(timeoutMs)));
  }

  override add(instance: Instance): Promise<void> {
    return this.transports[instance.transport].add(instance);
  }

  override remove(instance: Instance, timeoutMs: number): Promise<void> {
    return this.transports[instance.transport].remove(instance, timeoutMs);
  }

  override healthOf(instance: Instance): ReceivingHealth {
    return this.transports[instance.transport].healthOf(instance);
  }
}
