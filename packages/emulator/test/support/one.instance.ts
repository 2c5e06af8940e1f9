import {
  ManualClock,
  startEmulator,
  type Emulator,
  type EmulatorOptions,
  type InstanceOptions,
} from '../../src/index.js';
import { InstanceClient } from './instance.client.js';

interface OneInstance {
  readonly clock: ManualClock;
  readonly emulator: Emulator;
  readonly client: InstanceClient;
}

export type OneInstanceOptions = Omit<EmulatorOptions, 'clock' | 'instances'>;

/** Starts an emulator with one instance on a manual clock, and creates a client for it. */
export async function startOneInstance(
  options: OneInstanceOptions = {},
  instance: Partial<InstanceOptions> = {},
): Promise<OneInstance> {
  const clock = new ManualClock();
  const emulator = await startEmulator({
    clock,
    instances: [{ idInstance: 1101000001, apiTokenInstance: 'secret', ...instance }],
    ...options,
  });
  return { clock, emulator, client: new InstanceClient(emulator) };
}
