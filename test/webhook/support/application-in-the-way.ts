import type { IncomingMessage, ServerResponse } from 'node:http';

import { OnNotification } from '@green-notifications/nestjs';
import {
  type CanActivate,
  type ExecutionContext,
  type INestApplication,
  Injectable,
  type MiddlewareConsumer,
  Module,
  SetMetadata,
  UnauthorizedException,
} from '@nestjs/common';
import { APP_GUARD, Reflector } from '@nestjs/core';

import type { ApplicationRefusal } from '../../../packages/nestjs/src/transport/webhook/application-refusal.js';
import { ApplicationWatch } from '../../../packages/nestjs/src/transport/webhook/application-watch.js';
import { WEBHOOK_TOKEN } from '../webhook.harness.js';

/** Counts what it handles. */
@Injectable()
export class CountingInbox {
  seen = 0;

  @OnNotification('*')
  on() {
    this.seen += 1;
  }
}

export const isHttp = (context: ExecutionContext) => context.getType<string>() === 'http';

export const Public = () => SetMetadata('isPublic', true);

/** Lets nothing in but what is `Public()`. */
@Injectable()
class AuthGuard implements CanActivate {
  constructor(private readonly reflector: Reflector) {}

  canActivate(context: ExecutionContext): boolean {
    if (!isHttp(context) || this.reflector.get('isPublic', context.getHandler())) return true;
    throw new UnauthorizedException();
  }
}

export type Middleware = (
  request: IncomingMessage,
  response: ServerResponse,
  next: () => void,
) => void;

/** A module whose `configure` puts the middleware on every route. */
export function withMiddleware(middleware: Middleware) {
  @Module({})
  class MiddlewareModule {
    configure(consumer: MiddlewareConsumer) {
      consumer.apply(middleware).forRoutes('{*path}');
    }
  }
  return { imports: [MiddlewareModule], providers: [CountingInbox] };
}

/** An application whose global guard refuses every webhook that is not `Public()`. */
export const GUARDED = { providers: [CountingInbox, { provide: APP_GUARD, useClass: AuthGuard }] };

export function refusalsOf(app: INestApplication): ApplicationRefusal[] {
  const refusals: ApplicationRefusal[] = [];
  app.get(ApplicationWatch, { strict: false }).refused$.subscribe((one) => refusals.push(one));
  return refusals;
}

/** A sender that does not wait until the application answers. */
export async function hangUpOnce(
  happened: Promise<void>,
  url: string,
  body: object,
): Promise<void> {
  const patience = new AbortController();
  const posted = fetch(url, {
    method: 'POST',
    headers: { authorization: `Bearer ${WEBHOOK_TOKEN}` },
    body: JSON.stringify(body),
    signal: patience.signal,
  }).catch(() => undefined);
  await happened;
  patience.abort();
  await posted;
}
