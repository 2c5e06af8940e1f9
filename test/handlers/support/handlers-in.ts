import { OnNotification } from '@green-notifications/nestjs';
import { incomingText } from '@green-notifications/nestjs/testing';
import { Injectable } from '@nestjs/common';

import { HandlerBed } from '../support/handler.bed.js';

/** Gives its own name, so that a test sees which class ran. */
@Injectable()
export class Inbox {
  @OnNotification('*')
  onAny() {
    return this.constructor.name;
  }
}

/** The names of the handlers that run for a text. */
export async function handlersIn(metadata: Parameters<typeof HandlerBed.create>[0]) {
  await using app = await HandlerBed.create(metadata);
  return (await app.deliver(incomingText('hi'))).handlers;
}
