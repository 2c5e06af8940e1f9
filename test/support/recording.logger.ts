import type { LoggerService } from '@nestjs/common';

/** Keeps what the application logs, so that tests can read it and the run stays quiet. */
export class RecordingLogger implements LoggerService {
  readonly lines: string[] = [];
  private waiting: (() => void)[] = [];

  log = (...parts: unknown[]) => this.add('LOG', parts);
  warn = (...parts: unknown[]) => this.add('WARN', parts);
  error = (...parts: unknown[]) => this.add('ERROR', parts);
  debug = (...parts: unknown[]) => this.add('DEBUG', parts);
  verbose = (...parts: unknown[]) => this.add('VERBOSE', parts);
  fatal = (...parts: unknown[]) => this.add('FATAL', parts);

  /** The lines of the given level that hold `text`. */
  having(level: string, text: string): string[] {
    return this.lines.filter((line) => line.startsWith(level) && line.includes(text));
  }

  /** Resolves when there is a line of the given level that holds `text`. */
  async until(level: string, text: string): Promise<void> {
    while (this.having(level, text).length === 0) {
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  private add(level: string, parts: unknown[]): void {
    this.lines.push([level, ...parts.map(String)].join(' '));
    for (const wake of this.waiting.splice(0)) wake();
  }
}
