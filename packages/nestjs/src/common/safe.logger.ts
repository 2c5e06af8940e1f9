import { Logger } from '@nestjs/common';

/**
 * Nest's logger, without its errors: if the application's logger throws, the caller does not
 * notice.
 */
export class SafeLogger {
  private readonly logger: Logger;

  constructor(context: string) {
    this.logger = new Logger(context);
  }

  log(message: string): void {
    this.safely(() => this.logger.log(message));
  }

  warn(message: string): void {
    this.safely(() => this.logger.warn(message));
  }

  error(message: string, stack?: string): void {
    this.safely(() => this.logger.error(message, stack));
  }

  debug(message: string): void {
    this.safely(() => this.logger.debug(message));
  }

  private safely(write: () => void): void {
    try {
      write();
    } catch {
      // The logger itself failed, so there is nowhere to report this.
    }
  }
}
