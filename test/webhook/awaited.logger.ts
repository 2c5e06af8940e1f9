import { RecordingLogger } from '../support/recording.logger.js';

const LEVELS = ['log', 'warn', 'error', 'debug', 'verbose', 'fatal'] as const;

/** A logger that tests can wait for. */
export class AwaitedLogger extends RecordingLogger {
  private readonly lookouts = new Set<() => void>();

  constructor() {
    super();
    for (const level of LEVELS) {
      const write = this[level];
      this[level] = (...parts) => {
        write(...parts);
        for (const look of this.lookouts) look();
      };
    }
  }

  /** Resolves when there is such a line. */
  until(level: string, text: string): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (this.having(level, text).length === 0) return;
        this.lookouts.delete(look);
        resolve();
      };
      this.lookouts.add(look);
      look();
    });
  }
}
