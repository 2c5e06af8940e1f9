import { type IncomingMessage, OnNotification, textOf } from '@green-notifications/nestjs';
import { Injectable } from '@nestjs/common';

import { Deferred } from '../../support/deferred.js';

/** Keeps the texts that it handles. */
@Injectable()
export class Inbox {
  readonly texts: string[] = [];

  @OnNotification('incomingMessageReceived')
  onMessage(message: IncomingMessage) {
    this.texts.push(textOf(message) ?? '');
  }
}

/** Works until it is told to end. */
@Injectable()
export class SlowInbox {
  runs = 0;
  readonly begun = new Deferred();
  readonly work = new Deferred();

  @OnNotification('incomingMessageReceived')
  async onMessage() {
    this.runs += 1;
    this.begun.resolve();
    await this.work.promise;
  }
}
