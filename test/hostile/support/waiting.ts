import { OnNotification } from '@green-notifications/nestjs';
import { Injectable } from '@nestjs/common';

import { Deferred } from '../../support/deferred.js';

/** Counts what it is given, and handles nothing until it is released. */
@Injectable()
export class Waiting {
  count = 0;
  readonly released = new Deferred<void>();

  @OnNotification('*')
  async on() {
    this.count += 1;
    await this.released.promise;
  }
}
