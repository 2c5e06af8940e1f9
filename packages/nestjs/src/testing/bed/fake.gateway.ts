import { MockAgent } from 'undici/index.js';

/** A call of a GREEN-API method that the application made. */
export interface CapturedCall {
  /** The name of the method, such as `sendMessage`. */
  readonly method: string;
  readonly idInstance: string;
  /** The JSON body of the call, if it has one. */
  readonly body: unknown;
}

/** A message that the application sent, by `reply` or by `client.sendMessage`. */
export interface SentMessage {
  readonly idInstance: string;
  readonly chatId: string;
  readonly message: string;
  /** The `idMessage` of the quoted message, if there is one. */
  readonly quotedMessageId?: string;
}

/** An answer of GREEN-API: HTTP status and JSON body. */
export interface GatewayAnswer {
  readonly status: number;
  readonly body?: unknown;
}

const ADDRESS = /^\/waInstance(?<idInstance>[^/]+)\/(?<method>[^/?]+)/;

/** The usual successful answers, by method; any other method is answered `{}`. */
const USUAL: Readonly<Record<string, unknown>> = {
  receiveNotification: null,
  deleteNotification: { result: true },
  setSettings: { saveSettings: true },
  getStateInstance: { stateInstance: 'authorized' },
};

/** Replaces the connections to GREEN-API: records each call and answers it without a network. */
export class FakeGateway extends MockAgent {
  readonly calls: CapturedCall[] = [];
  private readonly planned = new Map<string, GatewayAnswer[]>();
  private sentCount = 0;

  constructor() {
    super();
    this.disableNetConnect();
    this.get(/.*/)
      .intercept({ path: () => true, method: () => true })
      .reply(({ path, body }) => {
        const { idInstance = '', method = '' } = ADDRESS.exec(path)?.groups ?? {};
        this.calls.push({ idInstance, method, body: jsonOf(body) });
        const { status, body: answer } = this.answerTo(method);
        return { statusCode: status, data: JSON.stringify(answer ?? {}) };
      })
      .persist();
  }

  get sent(): readonly SentMessage[] {
    return this.calls
      .filter(({ method }) => method === 'sendMessage')
      .map(({ idInstance, body }) => ({
        idInstance,
        ...(body as Omit<SentMessage, 'idInstance'>),
      }));
  }

  /** Sets the answer to the next call of a method. */
  plan(method: string, answer: GatewayAnswer): void {
    this.planned.set(method, [...(this.planned.get(method) ?? []), answer]);
  }

  /** The instance registry destroys its connections at the end; a mock has none, so close it. */
  override async destroy(): Promise<void> {
    await this.close();
  }

  private answerTo(method: string): GatewayAnswer {
    const planned = this.planned.get(method)?.shift();
    if (planned) return planned;
    if (method !== 'sendMessage') {
      return { status: 200, body: Object.hasOwn(USUAL, method) ? USUAL[method] : {} };
    }
    this.sentCount += 1;
    return { status: 200, body: { idMessage: `SENT${this.sentCount}` } };
  }
}

function jsonOf(body: unknown): unknown {
  return typeof body === 'string' ? (JSON.parse(body) as unknown) : undefined;
}
