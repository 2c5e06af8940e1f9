import { type Answer, emptyAnswer, errorAnswer, jsonAnswer } from '../answers.js';
import type { ApiCall, ApiMethod } from '../api.method.js';
import { fieldsOf } from '../request-body.js';

/** Returns an error if the account cannot send now. */
export function refuseUnauthorized(call: ApiCall): Answer | undefined {
  const { stateInstance } = call.instance;
  if (stateInstance === 'authorized') return undefined;
  const starting = stateInstance === 'starting';
  return errorAnswer(
    call,
    400,
    starting ? 'instance in starting process try later' : 'instance is starting or not authorized',
  );
}

/** A method that is recorded and answered, but has no effect. */
interface MessengerMethod {
  readonly name: string;
  /** Missing if it is not documented. */
  readonly requestsPerSecond?: number;
  /** The fields that a request must have. */
  readonly required: readonly string[];
  /** Records the call and answers it. */
  answer(call: ApiCall, fields: Fields): Answer;
}

type Fields = Readonly<Record<string, unknown>>;

function messengerMethod({ required, answer, ...method }: MessengerMethod): ApiMethod {
  return {
    ...method,
    verbs: ['POST'],
    refuse: refuseUnauthorized,
    handle(call) {
      const body = fieldsOf(call);
      if (!body.ok) return errorAnswer(call, 400, body.message);
      return refuseMissing(call, body.value, required) ?? answer(call, body.value);
    },
  };
}

/** Returns an error if a field is missing. */
function refuseMissing(
  call: ApiCall,
  fields: Fields,
  required: readonly string[],
): Answer | undefined {
  const missing = required.find((name) => (fields[name] ?? '') === '');
  if (missing === undefined) return undefined;
  return errorAnswer(call, 400, `Validation failed. Details: '${missing}' is required`);
}

const sending = (name: string, ...required: readonly string[]) =>
  messengerMethod({
    name,
    requestsPerSecond: 50,
    required: ['chatId', ...required],
    answer: (call, fields) => jsonAnswer({ idMessage: call.instance.sendOther(name, fields) }),
  });

const upload = messengerMethod({
  name: 'sendFileByUpload',
  requestsPerSecond: 50,
  required: [],
  answer(call, fields) {
    if (!(fields['file'] instanceof File)) return errorAnswer(call, 400, 'bad request data');
    const refusal = refuseMissing(call, fields, ['chatId']);
    if (refusal) return refusal;
    const idMessage = call.instance.sendOther('sendFileByUpload', fields);
    return jsonAnswer({ idMessage, urlFile: storageUrl(idMessage) });
  },
});

/** A method that sends nothing. The option `answers` replaces its answer. */
const answering = (
  name: string,
  requestsPerSecond: number | undefined,
  required: readonly string[],
  answer: (fields: Fields, call: ApiCall) => unknown,
) =>
  messengerMethod({
    name,
    ...(requestsPerSecond !== undefined && { requestsPerSecond }),
    required,
    answer(call, fields) {
      call.instance.record(name, fields);
      const { answers } = call.options;
      const body = Object.hasOwn(answers, name) ? answers[name] : answer(fields, call);
      return body === undefined ? emptyAnswer(200) : jsonAnswer(body);
    },
  });

const nothing = () => undefined;
const newId = ({ instance }: ApiCall) => instance.build.newIdMessage();

function storageUrl(file: string): string {
  return `https://storage.example/green-api/${encodeURIComponent(file)}`;
}

/** What bots call besides `sendMessage`. */
export const MESSENGER_METHODS: readonly ApiMethod[] = [
  sending('sendFileByUrl', 'urlFile', 'fileName'),
  upload,
  sending('sendPoll', 'message', 'options'),
  sending('sendLocation', 'latitude', 'longitude'),
  sending('sendContact', 'contact'),
  answering('sendTyping', undefined, ['chatId'], nothing),
  answering('sendReaction', undefined, ['chatId', 'idMessage', 'reaction'], (_, call) => ({
    idMessage: newId(call),
  })),
  answering('forwardMessages', undefined, ['chatId', 'chatIdFrom', 'messages'], (fields, call) => ({
    messages: [fields['messages']].flat().map(() => newId(call)),
  })),
  answering('editMessage', 1, ['chatId', 'idMessage', 'message'], (_, call) => ({
    idMessage: newId(call),
  })),
  answering('deleteMessage', 10, ['chatId', 'idMessage'], nothing),
  answering('readChat', 10, ['chatId'], () => ({ setRead: true })),
  answering('downloadFile', 5, ['chatId', 'idMessage'], ({ idMessage }) => ({
    downloadUrl: storageUrl(String(idMessage)),
  })),
  answering('getChatHistory', 1, ['chatId'], () => []),
  answering('getContactInfo', 1, ['chatId'], ({ chatId }) => ({
    avatar: '',
    name: '',
    contactName: '',
    chatId,
  })),
  answering('checkWhatsapp', 10, [], () => ({ existsWhatsapp: true })),
  answering('checkAccount', undefined, [], () => ({ exist: true, chatId: '10000000' })),
];
