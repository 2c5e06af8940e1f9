import type { StartupCommands } from '../startup/startup.main.js';
import { type Spread, spreadOf } from '../statistics.js';
import type { Surroundings } from './section.js';

interface StartupFigures {
  /** From the start of the process until the application is ready. */
  readonly wallMs: Spread;
  readonly cpuMs: Spread;
}

export interface StartupResult {
  readonly plainApp: StartupFigures;
  readonly withModule: StartupFigures;
  /** The medians, one minus the other. */
  readonly addedWallMs: number;
  readonly addedCpuMs: number;
}

/** How much longer a Nest application takes to start with the module. */
export async function measureStartup(surroundings: Surroundings): Promise<StartupResult> {
  const { rounds } = surroundings.scale.startup;
  const plain: Started[] = [];
  const ours: Started[] = [];
  for (let round = 1; round <= rounds; round += 1) {
    surroundings.progress(`start-up: round ${round} of ${rounds}`);
    plain.push(await start('plain', surroundings));
    ours.push(await start('ours', surroundings));
  }
  const plainApp = figuresOf(plain);
  const withModule = figuresOf(ours);
  return {
    plainApp,
    withModule,
    addedWallMs: withModule.wallMs.median - plainApp.wallMs.median,
    addedCpuMs: withModule.cpuMs.median - plainApp.cpuMs.median,
  };
}

interface Started {
  readonly wallMs: number;
  readonly cpuMs: number;
}

async function start(kind: 'plain' | 'ours', { children }: Surroundings): Promise<Started> {
  const child = await children.start<StartupCommands>('startup/startup.main', kind);
  const started = await child.ask('started');
  children.end(child);
  return started;
}

function figuresOf(all: readonly Started[]): StartupFigures {
  return {
    wallMs: spreadOf(all.map(({ wallMs }) => wallMs)),
    cpuMs: spreadOf(all.map(({ cpuMs }) => cpuMs)),
  };
}
