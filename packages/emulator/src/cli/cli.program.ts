import { Command, Option } from 'commander';
import type { EmulatorOptions } from '../options/emulator.options.js';
import { resolveOptions } from '../options/resolved.options.js';
import { type CliFlags, flagParsers } from './cli.flags.js';

const DEFAULT_PORT = 4100;
const DEFAULTS = resolveOptions({});

/** The flags of `green-api-emulator`, with the help text that goes with them. */
export function cliProgram(): Command {
  const { host, webhook } = DEFAULTS;
  return new Command('green-api-emulator')
    .description('GREEN-API on localhost, for tests and demos. Stop it with Ctrl+C.')
    .addOption(
      new Option('--port <port>', 'port to listen on; 0 for any free one')
        .argParser(flagParsers.port)
        .default(DEFAULT_PORT),
    )
    .option('--host <host>', 'address to listen on', host)
    .addOption(
      new Option('--instance <id:token>', 'an instance that exists; may be repeated')
        .argParser(flagParsers.instance)
        .default([], 'any idInstance, with the first token it is used with'),
    )
    .addOption(
      new Option('--type-instance <messenger>', 'messenger of the instances; v3 is MAX')
        .choices(['whatsapp', 'telegram', 'v3'])
        .default('whatsapp'),
    )
    .addOption(
      new Option('--webhook-url <url>', 'push to this URL instead of queueing').argParser(
        flagParsers.url,
      ),
    )
    .option('--webhook-url-token <token>', 'Authorization of the pushes')
    .option('--all-switches', 'switch every kind of notification on', false)
    .option('--no-rate-limits', 'never answer 429')
    .addOption(
      choice('emptyAnswer', '--empty-answer <style>', 'body when nothing arrived', [
        'null',
        'empty',
      ]),
    )
    .addOption(
      choice('redeliveryReceiptId', '--redelivery-receipt-id <policy>', 'receiptId of repeats', [
        'same',
        'new',
      ]),
    )
    .addOption(
      choice('unknownReceipt', '--unknown-receipt <answer>', 'deleting what is not there', [
        'result-false',
        'find-unacked-500',
      ]),
    )
    .addOption(
      choice(
        'receiveTimeoutOutOfRange',
        '--receive-timeout-out-of-range <policy>',
        'receiveTimeout outside 5..60',
        ['clamp', 'reject'],
      ),
    )
    .addOption(
      choice('errorBody', '--error-body <shape>', 'shape of error bodies', [
        'published',
        'status-code',
        'code',
      ]),
    )
    .addOption(milliseconds('--visibility-timeout-ms', 'how long a handed-out head is withheld', 0))
    .addOption(milliseconds('--settings-delay-ms', 'until setSettings applies', 0))
    .addOption(
      milliseconds('--answer-timeout-ms', 'for the webhook to answer', webhook.answerTimeoutMs),
    )
    .addOption(milliseconds('--retry-pause-ms', 'after a failed push', webhook.retryPauseMs))
    .addOption(milliseconds('--pacing-ms', 'between two pushes', webhook.pacingMs))
    .showHelpAfterError('See green-api-emulator --help.')
    .allowExcessArguments(false);
}

/** An option whose default is the emulator's own. */
function choice(
  name: keyof CliFlags & keyof EmulatorOptions,
  flag: string,
  text: string,
  choices: string[],
): Option {
  return new Option(flag, text).choices(choices).default(DEFAULTS[name]);
}

function milliseconds(flag: string, text: string, preset: number): Option {
  return new Option(`${flag} <ms>`, text).argParser(flagParsers.wholeNumber).default(preset);
}
