import { Logger } from '@nestjs/common';

/** Nest's logger, except that an application's logger that throws cannot reach what is being logged. */
export class SafeLogger {
  private readonly logger: Logger;

  constructor(context: string) {
    this.logger = new Logger(context);
  }

  log(message: string): void {
    this.steadily(() => this.logger.log(message));
  }

  warn(message: string): void {
    this.steadily(() => this.logger.warn(message));
  }

  error(message: string, stack?: string): void {
    this.steadily(() => this.logger.error(message, stack));
  }

  debug(message: string): void {
    this.steadily(() => this.logger.debug(message));
  }

  private steadily(write: () => void): void {
    try {
      write();
    } catch {
      // There is no second place to say it.
    }
  }
}
