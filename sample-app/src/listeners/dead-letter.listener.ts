import { type DeadLetter, OnDeadLetter } from '@green-notifications/nestjs';
import { Injectable, Logger } from '@nestjs/common';

/** Logs each dead letter. A real application would alert the team here. */
@Injectable()
export class DeadLetterListener {
  private readonly logger = new Logger(DeadLetterListener.name);

  @OnDeadLetter()
  onDeadLetter({ id, kind }: DeadLetter): void {
    this.logger.warn(`Dead letter ${id} (${kind}) needs attention`);
  }
}
