import type { CanActivate, ExecutionContext } from '@nestjs/common';

/** As it is written for HTTP: the notification is no request. */
export class HttpGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const { headers } = context
      .switchToHttp()
      .getRequest<{ headers: Record<string, string | undefined> }>();
    return headers['authorization'] === 'secret';
  }
}

export class DenyingGuard implements CanActivate {
  canActivate = () => false;
}
