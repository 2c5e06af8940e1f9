import { DeliveryLog } from '../delivery.log.js';

/** Says nothing; what is logged is tested where it can be read. */
export class QuietLog extends DeliveryLog {
  override failed() {}
  override gaveUp() {}
  override recovered() {}
  override stuck() {}
  override deadLettered() {}
  override deadLetterStoreFailed() {}
}
