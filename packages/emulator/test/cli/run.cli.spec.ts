import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { runCli } from '../../src/cli/run.cli.js';
import { Deferred } from '../../src/support/deferred.js';

describe('green-api-emulator', () => {
  let out: string;
  let err: string;
  let stop: Deferred<void>;
  let started: Deferred<string>;

  beforeEach(() => {
    out = '';
    err = '';
    stop = new Deferred();
    started = new Deferred();
  });
  afterEach(() => stop.resolve());

  const run = (...args: string[]): Promise<number> =>
    runCli(args, {
      write: (text) => {
        out += text;
        const url = /listens on (\S+)/.exec(out)?.[1];
        if (url) started.resolve(url);
      },
      writeError: (text) => void (err += text),
      stopped: stop.promise,
    });

  it('serves until it is asked to stop, then exits 0', async () => {
    const exit = run('--port', '0', '--instance', '1101000001:secret', '--no-rate-limits');
    const url = await started.promise;
    expect((await fetch(`${url}/waInstance1101000001/getSettings/secret`)).status).toBe(200);
    expect((await fetch(`${url}/waInstance2/getSettings/secret`)).status).toBe(403);
    expect(out).toContain('Instances: 1101000001.');
    expect(out).toContain('curl ');
    expect(out).not.toContain('secret');
    stop.resolve();
    expect(await exit).toBe(0);
    await expect(fetch(url)).rejects.toThrow('fetch failed');
  });

  it('applies the flags to the instances', async () => {
    const flags = ['--port', '0', '--type-instance', 'v3', '--all-switches'];
    const exit = run(
      ...flags,
      '--webhook-url',
      'http://127.0.0.1:9/hook',
      '--webhook-url-token',
      'hush',
    );
    const url = await started.promise;
    const settings = await fetch(`${url}/waInstance7/getSettings/any`);
    expect(await settings.json()).toMatchObject({
      typeInstance: 'v3',
      webhookUrl: 'http://127.0.0.1:9/hook',
      webhookUrlToken: 'hush',
      incomingWebhook: 'yes',
      outgoingAPIMessageWebhook: 'yes',
    });
    stop.resolve();
    expect(await exit).toBe(0);
  });

  it('prints one sentence if the port is in use', async () => {
    const first = run('--port', '0');
    const { port } = new URL(await started.promise);
    expect(await run('--port', port)).toBe(1);
    expect(err).toBe(
      `Port ${port} on 127.0.0.1 is in use: choose another with --port, or --port 0 for any free port.\n`,
    );
    stop.resolve();
    await first;
  });

  it('prints help', async () => {
    expect(await run('--help')).toBe(0);
    expect(out).toContain('Usage: green-api-emulator [options]');
    expect(out).toContain('--webhook-url <url>');
  });

  it.each([
    [['--prot', '1'], "unknown option '--prot'"],
    [['--port', 'x'], 'Not a whole number.'],
    [['--port', '70000'], 'Not a port'],
    [['--instance', 'abc'], 'Expected idInstance:apiTokenInstance'],
    [['--instance', '1:a', '--instance', '1:b'], 'Instance 1 is given twice.'],
    [['--webhook-url', 'ftp://x'], 'Not an http or https URL.'],
    [['--empty-answer', 'none'], 'Allowed choices are null, empty.'],
    [['--settings-delay-ms', '300001'], 'settingsDelayMs'],
    [['serve'], 'too many arguments'],
  ])('refuses %j with exit code 1', async (args, message) => {
    expect(await run(...args)).toBe(1);
    expect(err).toContain(message);
  });
});
