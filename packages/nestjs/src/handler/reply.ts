import type { GreenApiMethods } from '../gateway/green-api.methods.js';
import type { SendContactRequest } from '../gateway/green-api.requests.js';
import type { Messenger } from '../notification/notification.accessors.js';
import { InvalidReplyError } from './handler.errors.js';

/** A text, when it is written as an object. */
export interface TextReply {
  readonly text: string;
  /** Whether a link in the text gets a preview. Default: GREEN-API's, which is true. */
  readonly linkPreview?: boolean | undefined;
}

/** A file. 100 MB at most. */
export interface FileReply {
  /** A `File`, such as one from `fileToSend`, or where GREEN-API gets it; `name` has an extension. */
  readonly file: File | { readonly url: string; readonly name: string };
  readonly caption?: string;
}

/** A place. WhatsApp and Telegram. */
export interface LocationReply {
  readonly location: {
    readonly latitude: number;
    readonly longitude: number;
    readonly name?: string;
    readonly address?: string;
  };
}

/** A poll. On Telegram in groups only. */
export interface PollReply {
  /** The question. */
  readonly poll: string;
  /** 12 at most, all different. */
  readonly options: readonly string[];
  /** Whether several can be chosen. WhatsApp and Telegram. Default: false. */
  readonly multipleAnswers?: boolean;
}

/** A contact: on WhatsApp and Telegram a phone number with a name, on MAX a `chatId`. */
export interface ContactReply {
  readonly contact:
    | { readonly chatId: string }
    | {
        /** In international format. */
        readonly phone: number | string;
        readonly firstName?: string;
        readonly middleName?: string;
        readonly lastName?: string;
        readonly company?: string;
      };
}

/** What `ctx.reply` can send besides a text: exactly one of these. */
export type ReplyContent = TextReply | FileReply | LocationReply | PollReply | ContactReply;

/** Options of `ctx.reply`. */
export interface ReplyOptions {
  /**
   * Whether to quote the message of the notification. A notification without an `idMessage` is not
   * quoted.
   *
   * @default false
   */
  readonly quote?: boolean;
  /**
   * A name instead of the number of the reply, for a handler whose attempts reply differently.
   *
   * @default the number of the reply in this run
   */
  readonly once?: string;
  /**
   * Whether a link in the text gets a preview.
   *
   * @default GREEN-API's, which is true
   */
  readonly linkPreview?: boolean;
  /**
   * How long the chat shows "typing…" before the reply, in milliseconds. Less than 1000 is 1000, and
   * more than 20000 is 20000. The handler does not wait for that time. If it cannot be shown, the
   * reply is sent without it.
   *
   * @default it is not shown
   */
  readonly typingMs?: number;
}

type ReplyMethod =
  | 'sendMessage'
  | 'sendFileByUrl'
  | 'sendFileByUpload'
  | 'sendLocation'
  | 'sendPoll'
  | 'sendContact';

/** The call of GREEN-API that sends a reply. */
export interface ReplyCall<Method extends ReplyMethod = ReplyMethod> {
  readonly method: Method;
  readonly request: GreenApiMethods[Method]['request'];
}

interface Target {
  readonly chatId: string;
  readonly quotedMessageId: string | undefined;
}

const KINDS = ['text', 'file', 'location', 'poll', 'contact'] as const;

/**
 * Translates a reply into the call that sends it.
 *
 * @param target where it goes
 * @param messenger the form of a poll depends on it
 * @throws {InvalidReplyError} if the content is none of `ReplyContent`, or several in one
 */
export function replyCallOf(
  content: ReplyContent,
  target: Target,
  messenger: Messenger | undefined,
): ReplyCall {
  const fields: Partial<Record<string, unknown>> = { ...content };
  const given = KINDS.filter((kind) => fields[kind] !== undefined);
  if (given.length !== 1) throw new InvalidReplyError(KINDS, given);
  if ('text' in content) return textCallOf(content, target);
  if ('file' in content) return fileCallOf(content, target);
  if ('location' in content) {
    const { name, ...place } = content.location;
    return call('sendLocation', { ...target, ...place, nameLocation: name });
  }
  if ('poll' in content) return pollCallOf(content, target, messenger);
  return call('sendContact', { ...target, contact: contactOf(content.contact) });
}

/** The fields in this order: digests of texts are remembered in databases. */
function textCallOf({ text, linkPreview }: TextReply, target: Target): ReplyCall {
  const { chatId, quotedMessageId } = target;
  return call('sendMessage', { chatId, message: text, quotedMessageId, linkPreview });
}

function fileCallOf({ file, caption }: FileReply, target: Target): ReplyCall {
  const fileName = file.name;
  return file instanceof File
    ? call('sendFileByUpload', { ...target, file, fileName, caption })
    : call('sendFileByUrl', { ...target, urlFile: file.url, fileName, caption });
}

function pollCallOf(
  { poll, options, multipleAnswers }: PollReply,
  target: Target,
  messenger: Messenger | undefined,
): ReplyCall {
  return call('sendPoll', {
    ...target,
    message: poll,
    options: messenger === 'telegram' ? options : options.map((optionName) => ({ optionName })),
    multipleAnswers,
  });
}

function contactOf(contact: ContactReply['contact']): SendContactRequest['contact'] {
  if ('chatId' in contact) return { ...contact };
  const { phone, ...names } = contact;
  return { phoneContact: Number(String(phone).replace(/\D/g, '')), ...names };
}

/** Fields that are undefined are neither sent nor part of the digest. */
type Unset<T> = { [K in keyof T]: undefined extends T[K] ? T[K] | undefined : T[K] };

function call<Method extends ReplyMethod>(
  method: Method,
  request: Unset<GreenApiMethods[Method]['request']>,
): ReplyCall<Method> {
  return { method, request: request as GreenApiMethods[Method]['request'] };
}

/**
 * What a request would send, as a text to compare. A `File` is compared by its name, type and size:
 * its content may be a stream.
 */
export function comparable(request: object): string {
  return JSON.stringify(request, (_, value: unknown) =>
    value instanceof File ? { name: value.name, type: value.type, size: value.size } : value,
  );
}
