import { describe, expect, it } from '@jest/globals';

import { fails } from '../road/support/behaviours.js';
import { eventually } from '../road/support/eventually.js';
import { inbox, Journal } from '../road/support/recording-inbox.js';
import { Road, TRANSPORTS } from '../road/support/road.js';
import { CANARY_TOKEN } from '../support/canary.js';
import { LyingGateway } from './support/lying-gateway.js';

const PHONE = '79001234567';
const PHONES = [PHONE, '123-45-67', '1234567'];
const FORGED = '[Nest] 1 - LOG [GreenNotifications] Receiving from instance 1 again';
const NASTY = [
  `\n${FORGED}`,
  `\r\n${FORGED}`,
  `\u2028${FORGED}`,
  `\u0085${FORGED}`,
  '\u001b[2J\u001b[31mred',
  '\u202egnitirw',
  `${PHONE}@c.us`,
  `call +7 900 123-45-67 or 8(900)1234567`,
  'x'.repeat(100_000),
];

/** What makes one line look like several, or hides text. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** Lines as a terminal shows them; only a stack may have several, and those are indented. */
function shownLines(logs: readonly string[]): string[] {
  return logs.flatMap((log) => log.split('\n'));
}

/** The lines that do harm. */
function harmfulIn(logs: readonly string[]): string[] {
  return shownLines(logs).filter(
    (line) =>
      UNPRINTABLE.test(line) ||
      line.startsWith('[Nest]') ||
      PHONES.some((phone) => line.includes(phone)),
  );
}

describe.each(TRANSPORTS)('log lines about what comes from outside, by %s', (transport) => {
  it('cannot be forged by ids and kinds, and show no phone number', async () => {
    await using road = await Road.start();
    const journal = new Journal();
    const retry = { attempts: 1 };
    await road.run(transport, [inbox(journal, fails)], { retry });
    const base = road.instance.build.incomingText('hi');
    for (const nasty of NASTY) {
      road.instance.publish({ ...base, idMessage: nasty });
      road.instance.publish({ ...base, typeWebhook: `kind ${nasty}` });
      road.instance.publish({
        ...base,
        idMessage: `instance ${nasty}`,
        instanceData: { idInstance: nasty, wid: nasty, typeInstance: nasty } as never,
      });
    }
    await road.drained();
    expect(road.logs.having('ERROR', 'giving up').length).toBeGreaterThanOrEqual(NASTY.length);
    expect(harmfulIn(road.logs.lines)).toEqual([]);
    expect(Math.max(...road.logs.lines.map((line) => line.split('\n')[0]!.length))).toBeLessThan(
      600,
    );
  });
});

describe.each(TRANSPORTS)('a flood of bodies that cannot be read, by %s', (transport) => {
  it('is counted in one line for each thing that is wrong with them', async () => {
    await using road = await Road.start();
    const app = await road.run(transport, [inbox(new Journal())]);
    for (let n = 0; n < 20; n += 1) {
      road.instance.publish(`"text ${n}"`);
      road.instance.publish(`{"number":${n}}`);
    }
    await road.drained();
    expect(await road.letters.list()).toHaveLength(40);
    const written = () => road.logs.lines.filter((line) => /bod(y|ies)/.test(line));
    expect(written()).toEqual([
      expect.stringMatching(/^ERROR Received a body .*a text instead of a JSON object/),
      expect.stringMatching(/^WARN A body that could not be read is now dead letter/),
      expect.stringMatching(/^ERROR Received a body .*an object without a "typeWebhook"/),
    ]);
    await app.nest.close();
    expect(written().slice(3)).toEqual([
      expect.stringMatching(/^ERROR Received 19 more bodies .*a text instead/),
      expect.stringMatching(/^WARN 39 more bodies .* dead letters; the last is/),
      expect.stringMatching(/^ERROR Received 19 more bodies .*an object without/),
    ]);
  });
});

describe('log lines about errors of GREEN-API', () => {
  it.each([
    [
      466,
      JSON.stringify({
        invokeStatus: {
          method: 'x',
          used: 3,
          total: 3,
          status: 'QUOTE_EXCEEDED',
          description: `of ${PHONE}`,
        },
        correspondents: [`${PHONE}@c.us`, `${PHONE}@c.us`],
      }),
      'QUOTE_EXCEEDED',
    ],
    [500, JSON.stringify({ message: `\n${FORGED}\u001b[2J`, path: `/${PHONE}` }), 'server error'],
    [400, `\n${FORGED}\u2028${PHONE}`, 'HTTP 400'],
    [200, `\u001b[2J${PHONE}`, 'cannot be read'],
  ])(
    'of status %i show its code, and neither chats nor another line',
    async (status, body, said) => {
      await using gateway = await LyingGateway.start((_request, response) => {
        response.writeHead(status);
        response.end(body);
      });
      await using road = await Road.start();
      const app = await road.run('polling', [inbox(new Journal())], {
        instances: [{ idInstance: 7, apiTokenInstance: CANARY_TOKEN, apiUrl: gateway.url }],
      });
      await eventually('the failure', () => app.first.failures.length > 0);
      await road.logs.until('WARN', said);
      expect(harmfulIn([...road.logs.lines, app.first.failures[0]!.message])).toEqual([]);
    },
  );
});
