import { MockAgent } from 'undici';

/** A call of a GREEN-API method that was caught on its way. */
export interface CapturedCall {
  /** Such as `sendMessage`. */
  readonly method: string;
  readonly idInstance: string;
  /** What was posted, if anything was. */
  readonly body: unknown;
}

/** A message that the application sent, by `reply` or by `client.sendMessage`. */
export interface SentMessage {
  readonly idInstance: string;
  readonly chatId: string;
  readonly message: string;
  /** The message that it quotes, if it does. */
  readonly quotedMessageId?: string;
}

/** An answer of GREEN-API, by HTTP status and JSON. */
export interface GatewayAnswer {
  readonly status: number;
  readonly body?: unknown;
}

const ADDRESS = /^\/waInstance(?<idInstance>[^/]+)\/(?<method>[^/?]+)/;

/** What GREEN-API says when all is well; `{}` to any other method. */
const USUAL: Readonly<Record<string, unknown>> = {
  receiveNotification: null,
  deleteNotification: { result: true },
  setSettings: { saveSettings: true },
  getStateInstance: { stateInstance: 'authorized' },
};

/** Takes the place of the connections to GREEN-API: it notes each call and answers without a network. */
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

  /** Lets the next call of a method be answered otherwise. */
  plan(method: string, answer: GatewayAnswer): void {
    this.planned.set(method, [...(this.planned.get(method) ?? []), answer]);
  }

  /** The registry of instances cuts its connections off; here there are none. */
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
