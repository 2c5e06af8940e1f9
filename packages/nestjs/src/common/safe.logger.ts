import { Logger } from '@nestjs/common';

import { escaped, printableStack } from './printable.js';

/**
 * Nest's logger for text that may contain something from outside: a message is always one line, and
 * if the application's logger throws, the caller does not notice.
 */
export class SafeLogger {
  private readonly logger: Logger;

  constructor(context: string) {
    this.logger = new Logger(context);
  }

  log(message: string): void {
    this.safely(() => this.logger.log(escaped(message)));
  }

  warn(message: string): void {
    this.safely(() => this.logger.warn(escaped(message)));
  }

  error(message: string, stack?: string): void {
    this.safely(() => this.logger.error(escaped(message), stack && printableStack(stack)));
  }

  debug(message: string): void {
    this.safely(() => this.logger.debug(escaped(message)));
  }

  private safely(write: () => void): void {
    try {
      write();
    } catch {
      // The logger itself failed, so there is nowhere to report this.
    }
  }
}
