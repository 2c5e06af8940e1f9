import { Transport } from '../../transport/transport.js';
import type { FakeGateway } from './fake.gateway.js';

/** A transport by which nothing arrives but what a test hands in. */
export class TestTransport extends Transport {
  isStarted = false;

  constructor(readonly gateway: FakeGateway) {
    super();
  }

  async start(): Promise<void> {
    this.isStarted = true;
  }

  async stop(): Promise<void> {
    this.isStarted = false;
  }
}
