import type { IncomingMessage } from 'node:http';

import { parseJson } from '../../../gateway/parse-json.js';
import type { Instance } from '../../../instance/instance.js';
import { idAt, valueAt } from '../../../notification/common/untrusted-json.reader.js';
import type { AddressList } from '../../../common/address-list.js';
import { BodyBudget, type BodyReservation } from './body-budget.js';
import { clientAddress } from './client-address.js';
import { FairTurns } from './fair-turns.js';
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
export class Admission {
  /** Whether the route has received it. */
  isHandled = false;
  /** The status that the route has answered. */
  answer: number | undefined;

  constructor(
    readonly instance: Instance | undefined,
    readonly body: unknown,
    private readonly memory: BodyReservation,
  ) {}

  /** Call when the body is no longer needed. */
  release(): void {
    this.memory.release();
  }
}

const ADMISSION = Symbol('green-notifications:admission');
type GatedRequest = IncomingMessage & { [ADMISSION]?: Admission };

/** To handle a body of more than this may take milliseconds, apart from what its handlers do. */
const LARGE_BYTES = 64 * 1024;

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
  /** The instances that receive by webhook. */
  readonly instances: () => readonly Instance[];
  /** One of them. */
  readonly find: (idInstance: string) => Instance | undefined;
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
  private readonly budget: BodyBudget;
  private readonly turns = new FairTurns();

  constructor(
    private readonly options: GateOptions,
    private readonly log: RefusalLog,
  ) {
    this.budget = new BodyBudget(options.body.limitBytes);
  }

  /** The admission of this request, if it passed the gate. */
  admissionOf(request: GatedRequest): Admission | undefined {
    return request[ADMISSION];
  }

  async admit(request: GatedRequest): Promise<Admission | Refusal> {
    const { authenticator, allowedAddresses, trustedProxies, body, isReceiving, instances } =
      this.options;
    // Node remembers an address that it was asked for. A closed connection has no other.
    void request.socket.remoteAddress;
    const refuse = (reason: RefusalReason) => this.refuse(request, reason);

    if (instances().length === 0) return refuse('nobody-receives');
    if (allowedAddresses && !allowedAddresses.has(clientAddress(request, trustedProxies) ?? '')) {
      return refuse('address');
    }
    const credential = authenticator.check(authorizationHeaders(request));
    if (!credential) return refuse('token');
    if (!isReceiving()) return refuse('stopped');

    const memory = this.budget.reserve(credential.owner);
    const bytes = parsedAlready(request, memory) ?? (await requestBody(request, body, memory));
    const read =
      typeof bytes === 'string' ? bytes : await this.readInTurn(request, bytes, credential);
    if (typeof read === 'string') {
      memory.release();
      return refuse(read);
    }
    const admission = new Admission(read.instance, read.body, memory);
    request[ADMISSION] = admission;
    return admission;
  }

  /** Counts and logs a refusal. */
  refuse(request: IncomingMessage, reason: RefusalReason): Refusal {
    const refusal = new Refusal(reason, clientAddress(request, this.options.trustedProxies));
    this.log.add(refusal);
    return refusal;
  }

  /** Large bodies are parsed in one turn of the event loop and handled in the next one. */
  private async readInTurn(
    request: IncomingMessage,
    bytes: Buffer,
    credential: WebhookCredential,
  ): Promise<Content | RefusalReason> {
    const { owner } = credential;
    await this.turns.take(owner, bytes.length);
    // If nobody waits for the answer any more, GREEN-API posts it again.
    if (request.socket.destroyed) return 'cut-off';
    const content = this.read(bytes, credential);
    if (bytes.length > LARGE_BYTES) await this.turns.takeNext(owner, bytes.length);
    return request.socket.destroyed ? 'cut-off' : content;
  }

  private read(bytes: Buffer, credential: WebhookCredential): Content | RefusalReason {
    const body = readBody(bytes);
    if (this.isTooOld(body)) return 'too-old';
    const idInstance = idAt(body, 'instanceData', 'idInstance');
    if (idInstance === undefined || !ID_INSTANCE.test(idInstance)) {
      const candidates = this.options
        .instances()
        .filter((instance) => credential.isFor(instance.idInstance));
      if (candidates.length === 0) return 'token-of-another-instance';
      return { instance: candidates.length === 1 ? candidates[0] : undefined, body };
    }
    if (!credential.isFor(idInstance)) return 'token-of-another-instance';
    const instance = this.options.find(idInstance);
    return instance ? { instance, body } : 'instance';
  }

  private isTooOld(body: unknown): boolean {
    const { maxAgeMs } = this.options;
    const timestamp = valueAt(body, 'timestamp');
    if (maxAgeMs === undefined || typeof timestamp !== 'number') return false;
    return Date.now() - timestamp * 1000 > maxAgeMs;
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
