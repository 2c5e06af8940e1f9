import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { request } from 'undici';
import { runCli } from '../../src/cli/run.cli.js';
import { ChangeSignal } from '../../src/support/change-signal.js';
import { Deferred } from '../../src/support/deferred.js';

describe('green-api-emulator', () => {
  let out: string;
  let err: string;
  let stop: Deferred<void>;
  let started: Deferred<string>;
  let reported: ChangeSignal;

  beforeEach(() => {
    out = '';
    err = '';
    stop = new Deferred();
    started = new Deferred();
    reported = new ChangeSignal();
  });
  afterEach(() => stop.resolve());

  const run = (...args: string[]): Promise<number> =>
    runCli(args, {
      write: (text) => {
        out += text;
        const url = /listens on (\S+)/.exec(out)?.[1];
        if (url) started.resolve(url);
      },
      writeError: (text) => {
        err += text;
        reported.notify();
      },
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

  it('serves the hosts and web pages that flags allow', async () => {
    const exit = run('--port', '0', '--allow-host', 'emulator', '--allow-origin', 'http://a.test');
    const url = `${await started.promise}/waInstance1/getSettings/any`;
    const status = async (headers: Record<string, string>) => {
      const answer = await request(url, { headers });
      await answer.body.dump();
      return answer.statusCode;
    };
    expect(await status({ host: 'emulator', origin: 'http://a.test' })).toBe(200);
    expect(await status({ host: 'other' })).toBe(403);
    expect(await status({ origin: 'http://b.test' })).toBe(403);
    stop.resolve();
    expect(await exit).toBe(0);
  });

  it('prints once for each webhook URL that it does not post there, and the flag that allows it', async () => {
    const flags = ['--port', '0', '--retry-pause-ms', '1', '--no-rate-limits'];
    const exit = run(...flags, '--webhook-url', 'http://10.0.0.7/hook/hush?token=hush');
    const url = await started.promise;
    const body = '{"instanceData":{"idInstance":7}}';
    await fetch(url, { method: 'POST', body });
    const settings = { webhookUrl: 'http://user:hush@10.0.0.8/' };
    const changed = reported.until(() => err.includes('10.0.0.8'));
    await reported.until(() => err.includes('10.0.0.7'));
    await fetch(`${url}/waInstance7/setSettings/any`, {
      method: 'POST',
      body: JSON.stringify(settings),
    });
    await changed;
    stop.resolve();
    expect(await exit).toBe(0);
    expect(err).toBe(
      ['10.0.0.7', '10.0.0.8']
        .map(
          (host) =>
            `The webhooks of instance 7 are not sent: ${host} is not a loopback address. ` +
            `If the emulator may post there, start it with --allow-webhook-host ${host}\n`,
        )
        .join(''),
    );
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
    for (const flag of ['--allow-host', '--allow-origin', '--allow-webhook-host']) {
      expect(out).toContain(flag);
    }
  });

  it.each([
    [['--prot', '1'], "unknown option '--prot'"],
    [['--port', 'x'], 'Not a whole number.'],
    [['--port', '70000'], 'Not a port'],
    [['--instance', 'abc'], 'Expected idInstance:apiTokenInstance'],
    [['--instance', '1:a', '--instance', '1:b'], 'Instance 1 is given twice.'],
    [['--webhook-url', 'ftp://x'], 'Not an http or https URL.'],
    [['--allow-host', 'a:80'], 'Expected a name or address without scheme and port.'],
    [['--allow-host', '*'], 'Expected a name or address without scheme and port.'],
    [['--allow-origin', 'localhost'], 'Expected an origin such as http://localhost:5173, or *.'],
    [['--allow-webhook-host', 'http://a'], 'Expected a name or address without scheme and port.'],
    [['--empty-answer', 'none'], 'Allowed choices are null, empty.'],
    [['--settings-delay-ms', '300001'], 'settingsDelayMs'],
    [['serve'], 'too many arguments'],
  ])('refuses %j with exit code 1', async (args, message) => {
    expect(await run(...args)).toBe(1);
    expect(err).toContain(message);
  });
});
