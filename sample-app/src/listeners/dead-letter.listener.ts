import { type DeadLetter, OnDeadLetter } from '@green-notifications/nestjs';
import { Injectable, Logger } from '@nestjs/common';

/** Where a team would be told that something needs a person. */
@Injectable()
export class DeadLetterListener {
  private readonly logger = new Logger(DeadLetterListener.name);

  @OnDeadLetter()
  onDeadLetter({ id, kind }: DeadLetter): void {
    this.logger.warn(`Somebody should look at dead letter ${id} (${kind})`);
  }
}
