import { expect, it } from '@jest/globals';

import { describeEngines } from '../../packages/inbox/test/support/engines.js';
import { eventually } from '../road/support/eventually.js';
import { inbox, Journal } from '../road/support/recording-inbox.js';
import { Deferred } from '../support/deferred.js';
import { InboxScene, moduleOf } from './support/scene.js';

const PATIENCE_MS = 150_000;
const ATTEMPTS = 3;
const POISONED_CHAT = 'poisoned@c.us';
/** GREEN-API allows 100 requests a second to each. */
const INSTANCES = 50;
const CHATS = Array.from({ length: 100 }, (_, chat) => `${chat}@c.us`);
const GOOD_IN_EACH_CHAT = 100;
const BEHIND = ['behind 1', 'behind 2', 'behind 3'];

await describeEngines('a poison message', ({ open }) => {
  it(
    '27. blocks its own chat only, while 10,000 in other chats are handled',
    async () => {
      await using place = await open();
      await using scene = await InboxScene.start(place, INSTANCES);
      const othersAreHandled = new Deferred<void>();
      const journal = new Journal();
      const behave = async ({ text, attempt }: { text: string; attempt: number }) => {
        if (text !== 'poison') return;
        // So that its chat is blocked for as long as the others need, however slow this machine is.
        if (attempt === ATTEMPTS) await othersAreHandled.promise;
        throw new Error('never');
      };
      scene.say(POISONED_CHAT, 'poison', ...BEHIND);
      const { instances } = scene.harness.emulator;
      const texts: string[] = [];
      for (let count = 0; count < GOOD_IN_EACH_CHAT; count += 1) {
        for (const [index, chat] of CHATS.entries()) {
          const text = `good ${count} of ${chat}`;
          texts.push(text);
          scene.sayTo(instances[index % INSTANCES]!, chat, text);
        }
      }
      const app = await scene.run([inbox(journal, behave)], { retry: { attempts: ATTEMPTS } });
      const good = () => journal.texts.filter((text) => text.startsWith('good'));
      const until = (what: string, condition: () => unknown) =>
        eventually(() => `${what}; ${good().length} good ones are`, condition, PATIENCE_MS);

      await until(
        'the good ones to be handled',
        () => journal.runs.length >= texts.length + ATTEMPTS,
      );
      expect(journal.texts.filter((text) => BEHIND.includes(text))).toEqual([]);
      expect(good().toSorted()).toEqual(texts.toSorted());
      for (const chat of CHATS) {
        const inChat = (text: string) => text.endsWith(` of ${chat}`);
        expect(good().filter(inChat)).toEqual(texts.filter(inChat));
      }

      othersAreHandled.resolve();
      await until('its chat to go on', () => journal.texts.includes(BEHIND.at(-1)!));
      await scene.instance.drained();
      expect(journal.texts.filter((text) => !text.startsWith('good'))).toEqual([
        ...Array.from({ length: ATTEMPTS }, () => 'poison'),
        ...BEHIND,
      ]);
      expect(good()).toHaveLength(texts.length);
      expect(await moduleOf(app).deadLetters.list()).toMatchObject([
        { kind: 'unhandled', handler: 'Inbox.onAny', attempts: ATTEMPTS },
      ]);
    },
    PATIENCE_MS * 2,
  );
});
