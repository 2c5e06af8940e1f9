import type { Instance } from '../instance/instance.js';
import { Transport } from './transport.js';

/** Several transports as one, for an application whose instances differ. */
export class CompositeTransport extends Transport {
  constructor(private readonly transports: readonly Transport[]) {
    super();
  }

  async start(): Promise<void> {
    for (const transport of this.transports) await transport.start();
  }

  async stop(timeoutMs: number): Promise<void> {
    await Promise.all(this.transports.map((transport) => transport.stop(timeoutMs)));
  }

  override async add(instance: Instance): Promise<void> {
    for (const transport of this.transports) await transport.add(instance);
  }

  override async remove(instance: Instance, timeoutMs: number): Promise<void> {
    await Promise.all(this.transports.map((transport) => transport.remove(instance, timeoutMs)));
  }
}
