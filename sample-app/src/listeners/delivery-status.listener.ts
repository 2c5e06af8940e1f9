import { type NotificationOf, OnNotification } from '@green-notifications/nestjs';
import { Injectable, Logger } from '@nestjs/common';

/** Logs the delivery status of sent messages. */
@Injectable()
export class DeliveryStatusListener {
  private readonly logger = new Logger(DeliveryStatusListener.name);

  @OnNotification('outgoingMessageStatus', { status: ['sent', 'delivered', 'read'] })
  onProgress({ idMessage, status }: NotificationOf<'outgoingMessageStatus'>): void {
    this.logger.log(`${idMessage} is ${status}`);
  }

  @OnNotification('outgoingMessageStatus', { status: ['failed', 'noAccount', 'notInGroup'] })
  onFailure({ idMessage, status, description }: NotificationOf<'outgoingMessageStatus'>): void {
    this.logger.warn(`${idMessage} was not delivered: ${description ?? status}`);
  }
}
