import { answerParent } from '../processes/answer-parent.js';
import { type ServerName, SERVERS } from './servers.js';

let handled = 0;
const { startServer } = await SERVERS[process.argv[2] as ServerName]();

const commands = {
  start(instances: readonly number[]): Promise<number> {
    return startServer(() => {
      handled += 1;
    }, instances);
  },
  usage(): { cpuMicros: number; handled: number } {
    const { user, system } = process.cpuUsage();
    return { cpuMicros: user + system, handled };
  },
};

export type ServerCommands = typeof commands;

answerParent(commands);
