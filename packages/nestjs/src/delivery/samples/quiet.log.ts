import { DeliveryLog } from '../delivery.log.js';

/** Leaves out the log lines about handlers and dead letters. Other tests check them. */
export class QuietLog extends DeliveryLog {
  override failed() {}
  override gaveUp() {}
  override failedAfterCommit() {}
  override recovered() {}
  override stuck() {}
  override deadLettered() {}
  override deadLetterStoreFailed() {}
}
