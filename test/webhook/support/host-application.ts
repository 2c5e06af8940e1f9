import { OnNotification } from '@green-notifications/nestjs';
import { Controller, Get, Injectable } from '@nestjs/common';

/** Keeps the bodies that it handles. */
@Injectable()
export class Inbox {
  readonly seen: Record<string, unknown>[] = [];

  @OnNotification('*')
  on(notification: object) {
    this.seen.push(notification as Record<string, unknown>);
  }
}

@Controller('health')
class HealthController {
  @Get()
  ok(): string {
    return 'ok';
  }
}

/** An application with a handler, and a route of its own. */
export const HOST = { providers: [Inbox], controllers: [HealthController] };
