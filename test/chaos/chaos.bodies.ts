import {
  type EmulatedInstance,
  messages,
  type NotificationObject,
} from '@green-notifications/emulator';

import type { Mark } from '../faults/support/mark.js';
import type { Idea } from './chaos.ideas.js';

/** Something to be issued. */
export interface Issue {
  readonly to: EmulatedInstance;
  readonly body: NotificationObject;
  /** Without one it is only counted. */
  readonly mark?: Omit<Mark, 'seq'>;
}

export interface Scene {
  readonly instance: EmulatedInstance;
  /** Another instance that polls, of the same owner and in the same groups. */
  readonly twin: EmulatedInstance;
  readonly random: () => number;
  /** UNIX seconds that no other batch of this instance has. */
  readonly timestamp: number;
}

const GROUP = '120363000000000001@g.us';

/** What GREEN-API sends now and then, by how many in a thousand batches are of that sort. */
export const SPECIAL_BATCHES: readonly {
  readonly idea: Idea;
  readonly perMille: number;
  readonly isPolledOnly?: boolean;
  readonly make: (scene: Scene) => readonly Issue[];
}[] = [
  { idea: 'equal-bodies', perMille: 20, make: equalBodies },
  { idea: 'without-id', perMille: 40, make: withoutId },
  { idea: 'poll-votes', perMille: 15, make: pollVotes },
  { idea: 'without-instance-data', perMille: 40, isPolledOnly: true, make: withoutInstanceData },
];

function equalBodies(scene: Scene): Issue[] {
  const body = bodyWithoutId(scene);
  const times = 2 + Math.floor(scene.random() * 3);
  return Array.from({ length: times }, () => ({ to: scene.instance, body }));
}

function withoutId(scene: Scene): Issue[] {
  const body = bodyWithoutId(scene);
  return [{ to: scene.instance, body, mark: { lane: chatIn(body), mayRepeat: true } }];
}

function bodyWithoutId({ instance: { build }, random, timestamp }: Scene): NotificationObject {
  const bodies = [
    () => build.quotaExceeded(),
    () => build.stateInstanceChanged('authorized'),
    () => build.statusInstanceChanged('online'),
    () => build.deviceInfo(),
    () => build.incomingBlock(),
  ];
  return { ...bodies[Math.floor(random() * bodies.length)]!(), timestamp };
}

function pollVotes({ instance, timestamp }: Scene): Issue[] {
  const { build } = instance;
  const chatId = '79000000001@c.us';
  const [idMessage, stanzaId] = [build.newIdMessage(), build.newIdMessage()];
  return [[chatId], [], [chatId]].map((voters, index) => {
    const votes = messages.pollUpdate(stanzaId, 'Which colour?', { Green: voters, Blue: [] });
    const body = build.incoming(votes, { chatId, idMessage, timestamp: timestamp + index });
    return { to: instance, body, mark: { lane: chatId, mayRepeat: true } };
  });
}

/** A group message has one id for all who are in the group. */
function withoutInstanceData(scene: Scene): Issue[] {
  const { instance, twin, random } = scene;
  const isMessage = random() < 0.7;
  const whole = isMessage
    ? instance.build.incomingText('Who comes?', { chatId: GROUP, timestamp: scene.timestamp })
    : bodyWithoutId(scene);
  const { instanceData: _, ...body } = whole;
  const mark = { lane: chatIn(body), ...(!isMessage && { mayRepeat: true }) };
  const receivers = new Set(random() < 0.5 ? [instance] : [instance, twin]);
  return [...receivers].map((to) => ({ to, body, mark }));
}

/** The chat that the mix put in. */
export function chatIn(body: NotificationObject): string {
  const { senderData, chatId, from } = body as {
    readonly senderData?: { readonly chatId?: string };
    readonly chatId?: string;
    readonly from?: string;
  };
  return senderData?.chatId ?? chatId ?? from ?? '';
}
