import { OnNotification } from '@green-notifications/nestjs';
import { Injectable } from '@nestjs/common';

@Injectable()
export class Inbox {
  @OnNotification('*')
  onAny() {
    return 'handled';
  }
}
