import { readThrown } from '../../common/thrown.js';
import type { Instance } from '../../instance/instance.js';

interface RefusedByGate {
  readonly address: string | undefined;
  readonly status: number;
  readonly because: string;
}

interface RefusedByApplication {
  readonly instance: Instance | undefined;
  readonly status: number | undefined;
  readonly isHandled: boolean;
}

export const REFUSED = ({ address, status, because }: RefusedByGate, more?: number) => {
  const from = address === undefined ? '' : ` from ${address}`;
  return more === undefined
    ? `Refused a webhook${from} with ${status}: ${because}`
    : `Refused ${more} more webhooks with ${status}, the last${from}: ${because}`;
};

export const REFUSED_BY_APPLICATION = (refusal: RefusedByApplication, more?: number) => {
  const { name } = refusal.instance ?? {};
  const of = name === undefined ? '' : ` of ${name}`;
  const which = more === undefined ? `A webhook${of}` : `${more} more webhooks, the last${of},`;
  return (
    `${which} passed the token check, ${fateOf(refusal)}. Keep the application's guards, interceptors, pipes ` +
    'and middleware off this route: set webhook.decorators, such as [Public(), SkipThrottle()], or make ' +
    'them skip its path'
  );
};

function fateOf({ status, isHandled }: RefusedByApplication): string {
  if (status === undefined) {
    return 'but the application neither passed it on nor answered; GREEN-API posts it again until it expires';
  }
  const answered = `was answered ${status} by the application`;
  if (isHandled) {
    return status === 200
      ? `reached its handlers, but ${answered} before they finished; GREEN-API takes that as success, so it is lost if they fail`
      : `reached its handlers, but ${answered}, not by the route; GREEN-API posts it again`;
  }
  return status === 200
    ? `${answered} and never reached a handler; GREEN-API takes that as success, so it is lost`
    : `${answered} and never reached a handler; GREEN-API posts it again until it expires`;
}

export const WEBHOOK_STARTED = (path: string, instances: readonly Instance[]) =>
  `Receiving webhooks of ${instances.map(({ name }) => name).join(', ')} at POST ${path}`;

export const INSECURE =
  'webhook.insecure is true, so anyone who knows the URL can post notifications; set webhook.token';

export const TOKEN_FAILED = (error: unknown) =>
  'The function webhook.token failed, so webhooks are refused until it works: ' +
  readThrown(error).message;

export const ANSWERED_TOO_EARLY = (instance: Instance | undefined, timeoutMs: number) =>
  `A webhook of ${instance?.name ?? 'an unknown instance'} was answered 503, because its handlers ran longer than ` +
  `${timeoutMs} ms; they keep running, and the next POST of the notification waits for the same run`;

export const UNSETTLED_WEBHOOKS = (count: number, timeoutMs: number) =>
  `Webhooks still being handled ${timeoutMs} ms after the stop: ${count}. They are answered 503, and ` +
  'GREEN-API posts them again';
