import type { LoggerService } from '@nestjs/common';

/** Keeps what the application logs, so that tests can read it and the run stays quiet. */
export class RecordingLogger implements LoggerService {
  readonly lines: string[] = [];

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

  private add(level: string, parts: unknown[]): void {
    this.lines.push([level, ...parts.map(String)].join(' '));
  }
}
