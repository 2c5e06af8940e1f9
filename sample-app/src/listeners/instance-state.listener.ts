import {
  Ctx,
  NotificationContext,
  type NotificationOf,
  OnNotification,
} from '@green-notifications/nestjs';
import { Injectable, Logger } from '@nestjs/common';

/** Logs the state of the account behind an instance, such as `authorized`. */
@Injectable()
export class InstanceStateListener {
  private readonly logger = new Logger(InstanceStateListener.name);

  @OnNotification('stateInstanceChanged')
  onStateChanged(
    { stateInstance }: NotificationOf<'stateInstanceChanged'>,
    @Ctx() { instance }: NotificationContext,
  ): void {
    const message = `Instance ${instance.name} is ${stateInstance}`;
    if (stateInstance === 'authorized') this.logger.log(message);
    else this.logger.warn(message);
  }
}
