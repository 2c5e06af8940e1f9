import { type Dispatcher, FormData, MockAgent } from 'undici/index.js';

/** A call of a GREEN-API method that the application made. */
export interface CapturedCall {
  /** The name of the method, such as `sendMessage`; `download` for `client.download`. */
  readonly method: string;
  /** Empty for a download. */
  readonly idInstance: string;
  /** The body of the call, if it has one; of a download, its `downloadUrl`. The files of an upload are `File`s that can be read. */
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

/** An answer of GREEN-API: HTTP status and JSON body; of a download, a text or a Buffer. */
export interface GatewayAnswer {
  readonly status: number;
  readonly body?: unknown;
}

const ADDRESS = /^\/waInstance(?<idInstance>[^/]+)\/(?<method>[^/?]+)/;

/**
 * The usual successful answers, by method; undefined is an empty body. Methods whose name begins with
 * `send` answer with a new id, any other method with `{}`.
 */
const USUAL: Readonly<Record<string, unknown>> = {
  receiveNotification: null,
  deleteNotification: { result: true },
  setSettings: { saveSettings: true },
  getStateInstance: { stateInstance: 'authorized' },
  download: 'content',
  sendTyping: undefined,
  forwardMessages: { messages: ['FORWARDED'] },
  editMessage: { idMessage: 'EDITED' },
  deleteMessage: undefined,
  readChat: { setRead: true },
  downloadFile: { downloadUrl: 'https://storage.example/file' },
  getChatHistory: [],
  getContactInfo: { chatId: '79990000000@c.us', name: '', contactName: '', avatar: '' },
  checkWhatsapp: { existsWhatsapp: true },
  checkAccount: { exist: true, chatId: '10000000' },
};

/** Replaces the connections to GREEN-API: records each call and answers it without a network. */
export class FakeGateway extends MockAgent {
  readonly calls: CapturedCall[] = [];
  private readonly planned = new Map<string, (GatewayAnswer | Error)[]>();
  private sentCount = 0;

  constructor() {
    super();
    this.disableNetConnect();
    this.get(/.*/)
      .intercept({ path: () => true, method: () => true })
      .reply(({ origin, path, body }) => {
        const { idInstance = '', method = '' } = ADDRESS.exec(path)?.groups ?? {};
        if (method === '') return this.download(`${origin}${path}`);
        this.calls.push({ idInstance, method, body: contentOf(body) });
        const { status, body: answer } = this.answerTo(method);
        return { statusCode: status, data: JSON.stringify(answer) ?? '' };
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

  /** Sets the answer to the next call of a method, or the error that it fails with. */
  plan(method: string, answer: GatewayAnswer | Error): void {
    this.planned.set(method, [...(this.planned.get(method) ?? []), answer]);
  }

  /** Reads the files of an upload before anything else, because a stream ends with its call. */
  override dispatch(
    options: Dispatcher.DispatchOptions,
    handler: Dispatcher.DispatchHandler,
  ): boolean {
    const { body } = options;
    if (!(body instanceof FormData)) return super.dispatch(options, handler);
    readForm(body)
      .then((form) => super.dispatch({ ...options, body: form }, handler))
      .catch((error: Error) => handler.onResponseError?.(NO_CONTROLLER, error));
    return true;
  }

  /**
   * The instance registry destroys its dispatchers, which are all this one. A mock has no
   * connections, and undici waits for a microtask that fake timers never run.
   */
  override async destroy(): Promise<void> {}

  private download(downloadUrl: string): { statusCode: number; data: Buffer } {
    this.calls.push({ idInstance: '', method: 'download', body: { downloadUrl } });
    const { status, body } = this.answerTo('download');
    const data = Buffer.isBuffer(body) ? body : Buffer.from(typeof body === 'string' ? body : '');
    return { statusCode: status, data };
  }

  private answerTo(method: string): GatewayAnswer {
    const planned = this.planned.get(method)?.shift();
    if (planned instanceof Error) throw planned;
    if (planned) return { body: {}, ...planned };
    if (Object.hasOwn(USUAL, method)) return { status: 200, body: USUAL[method] };
    if (!method.startsWith('send')) return { status: 200, body: {} };
    this.sentCount += 1;
    return { status: 200, body: { idMessage: `SENT${this.sentCount}` } };
  }
}

/** What undici passes to a handler; this package's handler does not use it in errors. */
const NO_CONTROLLER = {} as Dispatcher.DispatchController;

async function readForm(form: FormData): Promise<FormData> {
  const read = new FormData();
  for (const [name, value] of form) {
    if (typeof value === 'string') read.append(name, value);
    else {
      const bytes = new Uint8Array(await value.arrayBuffer());
      read.append(name, new File([bytes], value.name, { type: value.type }));
    }
  }
  return read;
}

function contentOf(body: unknown): unknown {
  if (body instanceof FormData) return Object.fromEntries(body);
  return typeof body === 'string' ? (JSON.parse(body) as unknown) : undefined;
}
