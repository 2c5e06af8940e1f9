import { Emulator } from './emulator.js';
import { FaultRegistry } from './faults/fault.registry.js';
import { ApiGate } from './http/api.gate.js';
import { EmulatorServer } from './http/emulator.server.js';
import { RateLimiter } from './http/rate.limiter.js';
import { InstanceRegistry } from './instance/instance.registry.js';
import { RequestLog } from './ledger/request.log.js';
import type { EmulatorOptions } from './options/emulator.options.js';
import { resolveOptions } from './options/resolved.options.js';
import { WebhookSender } from './webhook/webhook.sender.js';

/** Starts the emulator on a local port; resolves when it listens. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const resolved = resolveOptions(options);
  const faults = new FaultRegistry();
  const requests = new RequestLog();
  const registry = new InstanceRegistry(
    resolved,
    (instance, queue) => new WebhookSender(instance, queue, faults, resolved),
  );
  const limiter = new RateLimiter(
    resolved.clock,
    resolved.rateLimits,
    resolved.undocumentedPerSecond,
  );
  const gate = new ApiGate(registry, limiter, resolved);
  const server = new EmulatorServer({
    options: resolved,
    instances: registry,
    gate,
    faults,
    requests,
  });
  try {
    const url = await server.listen();
    return new Emulator({ url, server, registry, faults, requests });
  } catch (error) {
    await Promise.all([server.close(), registry.close()]);
    throw error;
  }
}
