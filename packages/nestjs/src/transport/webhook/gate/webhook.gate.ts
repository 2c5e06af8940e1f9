import type { IncomingMessage, ServerResponse } from 'node:http';

import { parseJson } from '../../../gateway/parse-json.js';
import type { Instance } from '../../../instance/instance.js';
import { idAt, valueAt } from '../../../notification/common/untrusted-json.reader.js';
import type { AddressList } from './address-list.js';
import { BodyBudget, type BodyReservation } from './body-budget.js';
import { clientAddress } from './client-address.js';
import { Refusal, type RefusalReason } from './refusal.js';
import type { RefusalLog } from './refusal.log.js';
import { type BodyLimits, type RequestBody, requestBody } from './request-body.js';
import {
  authorizationHeaders,
  type WebhookAuthenticator,
  type WebhookCredential,
} from './webhook.authenticator.js';

/** What a POST contains. */
interface Content {
  /**
   * The instance it belongs to; undefined if the body does not name one and the token fits several.
   */
  readonly instance: Instance | undefined;
  /** The parsed JSON, which may not be a notification, or the text if it is not JSON. */
  readonly body: unknown;
}

/** A POST that passed the gate. */
export interface Admission extends Content {
  /** Call when the body is no longer needed. */
  readonly release: () => void;
}

/** Admits a request; or refuses it, answers it and returns undefined. */
export type Entrance = (
  request: IncomingMessage,
  response: ServerResponse,
) => Promise<Admission | undefined>;

const ID_INSTANCE = /^[1-9]\d{0,19}$/;

export interface GateOptions {
  readonly authenticator: WebhookAuthenticator;
  /** Undefined allows every address. */
  readonly allowedAddresses: AddressList | undefined;
  readonly trustedProxies: AddressList;
  readonly body: BodyLimits;
  /** Undefined accepts notifications of any age. */
  readonly maxAgeMs: number | undefined;
  readonly isReceiving: () => boolean;
  readonly instances: () => readonly Instance[];
}

/**
 * The gate checks each POST to the webhook route before anything is done with it. It either admits
 * the request, which gives an `Admission` with the instance and the parsed body, or refuses it with
 * a `Refusal`.
 *
 * The address and the token are checked before any byte of the body is read. So a sender without
 * the token cannot make the application read or parse a body. For this the gate must run before the
 * application's body parser: `WebhookMount` puts it there. The route handles admitted requests
 * only.
 */
export class WebhookGate {
  private readonly admissions = new WeakMap<IncomingMessage, Admission>();
  private readonly budget: BodyBudget;

  constructor(
    private readonly options: GateOptions,
    private readonly log: RefusalLog,
  ) {
    this.budget = new BodyBudget(options.body.limitBytes);
  }

  /** The admission of this request, if it passed the gate. */
  admissionOf(request: IncomingMessage): Admission | undefined {
    return this.admissions.get(request);
  }

  async admit(request: IncomingMessage): Promise<Admission | Refusal> {
    const { authenticator, allowedAddresses, trustedProxies, body, isReceiving, instances } =
      this.options;
    const address = clientAddress(request, trustedProxies);
    const refuse = (reason: RefusalReason) => this.refused(new Refusal(reason, address));

    if (instances().length === 0) return refuse('nobody-receives');
    if (allowedAddresses && (address === undefined || !allowedAddresses.has(address))) {
      return refuse('address');
    }
    const credential = authenticator.check(authorizationHeaders(request));
    if (!credential) return refuse('token');
    if (!isReceiving()) return refuse('stopped');

    const memory = this.budget.reserve(credential.owner);
    const bytes = parsedAlready(request, memory) ?? (await requestBody(request, body, memory));
    const read = typeof bytes === 'string' ? bytes : this.read(bytes, credential);
    if (typeof read === 'string') {
      memory.release();
      return refuse(read);
    }
    const admission = { ...read, release: () => memory.release() };
    this.admissions.set(request, admission);
    return admission;
  }

  private read(bytes: Buffer, credential: WebhookCredential): Content | RefusalReason {
    const body = readBody(bytes);
    if (this.isTooOld(body)) return 'too-old';
    const instances = this.options.instances();
    const idInstance = idAt(body, 'instanceData', 'idInstance');
    if (idInstance === undefined || !ID_INSTANCE.test(idInstance)) {
      const candidates = instances.filter((instance) => credential.isFor(instance.idInstance));
      if (candidates.length === 0) return 'token-of-another-instance';
      return { instance: candidates.length === 1 ? candidates[0] : undefined, body };
    }
    const instance = instances.find((one) => one.idInstance === idInstance);
    if (!credential.isFor(idInstance)) return 'token-of-another-instance';
    return instance ? { instance, body } : 'instance';
  }

  private isTooOld(body: unknown): boolean {
    const { maxAgeMs } = this.options;
    const timestamp = valueAt(body, 'timestamp');
    if (maxAgeMs === undefined || typeof timestamp !== 'number') return false;
    return Date.now() - timestamp * 1000 > maxAgeMs;
  }

  private refused(refusal: Refusal): Refusal {
    this.log.add(refusal);
    return refusal;
  }
}

/** Text that is not JSON is kept as text; the intake decides what to do with it. */
function readBody(bytes: Buffer): unknown {
  const text = bytes.toString('utf8');
  try {
    return parseJson(text);
  } catch {
    return text;
  }
}

/** Some hosts, mainly serverless ones, read the body before Nest gets the request. */
function parsedAlready(request: IncomingMessage, memory: BodyReservation): RequestBody | undefined {
  const { rawBody, body } = request as { rawBody?: unknown; body?: unknown };
  if (!request.readableEnded) return undefined;
  const bytes = Buffer.isBuffer(rawBody)
    ? rawBody
    : Buffer.from(typeof body === 'string' ? body : (JSON.stringify(body) ?? ''));
  return memory.take(bytes.length) ? bytes : 'busy';
}
