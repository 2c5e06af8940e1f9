import { Ctx, NotificationContext, OnNotification, Payload } from '@green-notifications/nestjs';
import { Inject, Injectable, Scope } from '@nestjs/common';

/** What ran, in order. Each enhancer writes its kind down, and proves that its constructor ran. */
@Injectable()
export class Diary {
  readonly lines: string[] = [];
}

/** A handler in this scope, with these decorators on its class and on its method. */
export function handlerIn(
  scope: Scope,
  onClass: ClassDecorator[] = [],
  onMethod: MethodDecorator[] = [],
) {
  class Inbox {
    constructor(@Inject(Diary) readonly diary: Diary) {}

    onText(@Payload() message: unknown, @Ctx() context: NotificationContext): string {
      if (context.notification !== message || !this.diary) throw new Error('not what arrived');
      if ((message as { boom?: boolean }).boom) throw new Error('boom');
      return 'handled';
    }
  }
  const descriptor = Object.getOwnPropertyDescriptor(Inbox.prototype, 'onText')!;
  for (const decorate of onMethod) decorate(Inbox.prototype, 'onText', descriptor);
  OnNotification('*')(Inbox.prototype, 'onText', descriptor);
  for (const decorate of onClass) decorate(Inbox);
  Injectable({ scope })(Inbox);
  return Inbox;
}
