import { Command, Option } from 'commander';
import type { EmulatorOptions } from '../options/emulator.options.js';
import { resolveOptions } from '../options/resolved.options.js';
import { type CliFlags, flagParsers } from './cli.flags.js';

const DEFAULT_PORT = 4100;
const DEFAULTS = resolveOptions({});

/** Defines the flags of `green-api-emulator` and their help texts. */
export function cliProgram(): Command {
  const { host, webhook } = DEFAULTS;
  return new Command('green-api-emulator')
    .description('Emulates GREEN-API on localhost, for tests and demos. Stop it with Ctrl+C.')
    .addOption(
      new Option('--port <port>', 'port to listen on; 0 for any free one')
        .argParser(flagParsers.port)
        .default(DEFAULT_PORT),
    )
    .option('--host <host>', 'address to listen on', host)
    .addOption(
      new Option('--allow-host <name>', 'serve requests to this host too; can be repeated')
        .argParser(flagParsers.host)
        .default([], '--host, localhost, loopback addresses'),
    )
    .addOption(
      new Option(
        '--allow-origin <origin>',
        'let web pages of this origin use the emulator, * for all; can be repeated',
      )
        .argParser(flagParsers.origin)
        .default([], 'none'),
    )
    .addOption(
      new Option(
        '--allow-webhook-host <host>',
        'post webhooks to this host too, * for all; can be repeated',
      )
        .argParser(flagParsers.hostOrAll)
        .default([], 'loopback addresses'),
    )
    .addOption(
      new Option('--instance <id:token>', 'add this instance; can be repeated')
        .argParser(flagParsers.instance)
        .default([], 'any idInstance, with the token of its first request'),
    )
    .addOption(
      new Option('--type-instance <messenger>', 'messenger of the instances; v3 is MAX')
        .choices(['whatsapp', 'telegram', 'v3'])
        .default('whatsapp'),
    )
    .addOption(
      new Option('--webhook-url <url>', 'push notifications to this URL').argParser(
        flagParsers.url,
      ),
    )
    .option('--webhook-url-token <token>', 'token for the Authorization header of the pushes')
    .option('--all-switches', 'switch on every kind of notification', false)
    .option('--no-rate-limits', 'never answer 429')
    .addOption(
      choice(
        'emptyAnswer',
        '--empty-answer <style>',
        'body of receiveNotification when the queue is empty',
        ['null', 'empty'],
      ),
    )
    .addOption(
      choice(
        'redeliveryReceiptId',
        '--redelivery-receipt-id <policy>',
        'receiptId when a notification is received again',
        ['same', 'new'],
      ),
    )
    .addOption(
      choice(
        'unknownReceipt',
        '--unknown-receipt <answer>',
        'answer to deleteNotification with an unknown receiptId',
        ['result-false', 'find-unacked-500'],
      ),
    )
    .addOption(
      choice(
        'receiveTimeoutOutOfRange',
        '--receive-timeout-out-of-range <policy>',
        'how to treat a receiveTimeout outside 5..60',
        ['clamp', 'reject'],
      ),
    )
    .addOption(
      choice('errorBody', '--error-body <shape>', 'format of error bodies', [
        'published',
        'status-code',
        'code',
      ]),
    )
    .addOption(
      milliseconds(
        '--visibility-timeout-ms',
        'how long a received notification is hidden from other calls',
        0,
      ),
    )
    .addOption(
      milliseconds('--settings-delay-ms', 'how long setSettings takes to have an effect', 0),
    )
    .addOption(
      milliseconds(
        '--answer-timeout-ms',
        'how long to wait for the answer to a push',
        webhook.answerTimeoutMs,
      ),
    )
    .addOption(
      milliseconds(
        '--retry-pause-ms',
        'how long to wait after a failed push',
        webhook.retryPauseMs,
      ),
    )
    .addOption(milliseconds('--pacing-ms', 'how long to wait between two pushes', webhook.pacingMs))
    .showHelpAfterError('See green-api-emulator --help.')
    .allowExcessArguments(false);
}

/** A flag with a fixed set of values and the default of the emulator's option. */
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
