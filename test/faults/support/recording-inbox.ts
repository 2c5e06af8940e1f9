import {
  type Notification,
  NotificationContext,
  OnNotification,
} from '@green-notifications/nestjs';
import { Injectable, type Type } from '@nestjs/common';

import type { Behaviour, HandlingRecord } from './handling.record.js';

/** A provider whose only handler takes everything, records it, and then behaves as it is told. */
export function recordingInbox(
  record: HandlingRecord,
  behave: Behaviour = () => undefined,
): Type<unknown> {
  @Injectable()
  class Inbox {
    @OnNotification('*')
    async onAny(notification: Notification, context: NotificationContext): Promise<void> {
      await record.handle(notification, context, behave);
    }
  }
  return Inbox;
}
