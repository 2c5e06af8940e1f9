import type { EmulatedInstance } from '../instance/emulated.instance.js';
import type { InstanceRegistry } from '../instance/instance.registry.js';
import type { ResolvedOptions } from '../options/resolved.options.js';
import {
  type Answer,
  CORS_HEADERS,
  emptyAnswer,
  errorAnswer,
  type ErrorContext,
  htmlAnswer,
  preflightAnswer,
} from './answers.js';
import type { ApiCall, ApiMethod } from './api.method.js';
import { findApiMethod } from './api.methods.js';
import { publishByHttp } from './publish-by-http.js';
import type { RateLimiter } from './rate.limiter.js';
import { parseRequestAddress, type RequestAddress } from './request-address.js';

export interface GateRequest {
  readonly verb: string;
  readonly path: string;
  readonly bodyText: string;
  readonly form: FormData | undefined;
}

/**
 * Checks a request in GREEN-API's order - route, instance, token, parameters, rate - and calls its
 * method.
 */
export class ApiGate {
  constructor(
    private readonly instances: InstanceRegistry,
    private readonly limiter: RateLimiter,
    private readonly options: ResolvedOptions,
  ) {}

  async answer(request: GateRequest, signal: AbortSignal): Promise<Answer> {
    const { verb, path } = request;
    const context: ErrorContext = { path, clock: this.options.clock, options: this.options };
    if (verb === 'OPTIONS') return preflightAnswer();
    if (verb === 'POST' && path === '/') {
      return withHeaders(publishByHttp(request.bodyText, this.instances, context), CORS_HEADERS);
    }
    const address = parseRequestAddress(path);
    const method = address && findApiMethod(address.method, this.options.caseInsensitiveMethods);
    if (!address || !method?.verbs.includes(verb)) {
      return withHeaders(errorAnswer(context, 404, `Cannot ${verb} ${path}`), CORS_HEADERS);
    }
    return this.enter({ request, address, method, context, signal });
  }

  private async enter(visit: Visit): Promise<Answer> {
    const { idInstance, apiTokenInstance } = visit.address;
    const malformed = !/^\d+$/.test(idInstance);
    if (malformed && this.options.malformedIdInstance === 'html-403') return forbidden();

    const malformation = malformed
      ? 'Parameter idInstance not an integer'
      : 'Parameter apiTokenInstance not define';
    if (malformed || apiTokenInstance === '') {
      return this.signed(visit, errorAnswer(visit.context, 400, malformation));
    }
    const admission = this.instances.admit(idInstance, apiTokenInstance);
    if (admission === 'unknown') return forbidden();
    if (admission === 'wrong-token') return this.signed(visit, emptyAnswer(401));
    return this.signed(visit, await this.call(visit, admission));
  }

  private async call(visit: Visit, instance: EmulatedInstance): Promise<Answer> {
    const { request, address, method, context, signal } = visit;
    const call: ApiCall = {
      ...context,
      options: this.options,
      instance,
      parameter: address.parameter,
      query: address.query,
      bodyText: request.bodyText,
      form: request.form,
      signal,
    };
    const refusal = method.refuse?.(call);
    if (refusal) return refusal;
    if (!this.limiter.take(address.idInstance, method)) return emptyAnswer(429);
    return method.handle(call);
  }

  private signed({ address, method }: Visit, answer: Answer): Answer {
    const rate = this.limiter.headers(address.idInstance, method);
    return withHeaders(answer, { ...CORS_HEADERS, ...rate });
  }
}

interface Visit {
  readonly request: GateRequest;
  readonly address: RequestAddress;
  readonly method: ApiMethod;
  readonly context: ErrorContext;
  readonly signal: AbortSignal;
}

function forbidden(): Answer {
  return htmlAnswer(403, 'Forbidden');
}

function withHeaders(answer: Answer, headers: Record<string, string>): Answer {
  return { ...answer, headers: { ...headers, ...answer.headers } };
}
