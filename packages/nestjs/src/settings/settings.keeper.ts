import { type Backoff, backoffMs } from '../common/backoff.js';
import { pause } from '../common/waits.js';
import { SafeLogger } from '../common/safe.logger.js';
import { GreenApiError } from '../gateway/green-api.errors.js';
import type { InstanceSettings } from '../gateway/green-api.types.js';
import { redact } from '../gateway/redact.js';
import type { Instance } from '../instance/instance.js';
import { changesFor } from './changes.js';
import { mismatchesOf } from './mismatches.js';
import {
  SETTINGS_CHANGED,
  SETTINGS_FIT,
  SETTINGS_IN_FORCE,
  SETTINGS_LATE,
  SETTINGS_MISMATCH,
  SETTINGS_UNREADABLE,
} from './settings.messages.js';
import type { WantedSettings } from './wanted-settings.js';

const BACKOFF: Backoff = { initialMs: 2000, factor: 2, maxMs: 60_000, jitter: 0.2 };

export interface SettingsTiming {
  /** How often to check whether changed settings have taken effect, in milliseconds. */
  readonly recheckMs: number;
  /**
   * How long to wait until they take effect, in milliseconds. GREEN-API: SetSettings, up to 5
   * minutes.
   */
  readonly longestMs: number;
}

/**
 * Checks or changes the GREEN-API settings of one instance. Its methods log errors and never
 * reject.
 */
export class SettingsKeeper {
  private readonly logger = new SafeLogger('GreenNotifications');

  constructor(
    private readonly instance: Instance,
    private readonly wanted: WantedSettings,
    private readonly timing: SettingsTiming = { recheckMs: 15_000, longestMs: 6 * 60_000 },
  ) {}

  /** Reads the settings, and logs each one that does not match. GREEN-API: GetSettings. */
  check(signal: AbortSignal): Promise<void> {
    return this.loggingErrors(signal, async () => {
      const settings = await this.withRetries(signal, () =>
        this.instance.client.getSettings({ signal }),
      );
      this.report(settings);
    });
  }

  /**
   * Changes the settings that do not match, waits until they take effect, and logs each step. Logs
   * the settings that still do not match. GREEN-API: SetSettings.
   */
  apply(signal: AbortSignal): Promise<void> {
    return this.loggingErrors(signal, async () => {
      const { client } = this.instance;
      const settings = await this.withRetries(signal, () => client.getSettings({ signal }));
      const changes = changesFor(settings, this.wanted);
      if (Object.keys(changes).length === 0) {
        this.report(settings);
        return;
      }
      await this.withRetries(signal, () => client.setSettings(changes, { signal }));
      this.logger.log(SETTINGS_CHANGED(this.instance, changes));
      await this.untilInEffect(changes, signal);
    });
  }

  private async untilInEffect(changes: InstanceSettings, signal: AbortSignal): Promise<void> {
    const { recheckMs, longestMs } = this.timing;
    const startedAt = performance.now();
    for (;;) {
      await pause(recheckMs, signal);
      signal.throwIfAborted();
      const settings = await this.settingsInEffect(changes, signal);
      if (settings) {
        this.logger.log(SETTINGS_IN_FORCE(this.instance));
        this.report(settings);
        return;
      }
      const waitedMs = performance.now() - startedAt;
      if (waitedMs >= longestMs) {
        this.logger.warn(SETTINGS_LATE(this.instance, waitedMs));
        return;
      }
    }
  }

  /**
   * Undefined until the changes have taken effect. GREEN-API restarts the instance, so calls may
   * fail.
   */
  private async settingsInEffect(
    changes: InstanceSettings,
    signal: AbortSignal,
  ): Promise<InstanceSettings | undefined> {
    const { client } = this.instance;
    try {
      if ((await client.getStateInstance({ signal })) === 'starting') return undefined;
      const settings = await client.getSettings({ signal });
      const isChanged = Object.entries(changes).every(([name, value]) => settings[name] === value);
      return isChanged ? settings : undefined;
    } catch (error) {
      signal.throwIfAborted();
      if (error instanceof GreenApiError) return undefined;
      throw error;
    }
  }

  private report(settings: InstanceSettings): void {
    const mismatches = mismatchesOf(settings, this.wanted);
    if (mismatches.length === 0) this.logger.log(SETTINGS_FIT(this.instance));
    for (const mismatch of mismatches) {
      this.logger.warn(SETTINGS_MISMATCH(this.instance, mismatch));
    }
  }

  /** Repeats `call` after temporary failures, with a back-off. */
  private async withRetries<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
    for (let failures = 1; ; failures += 1) {
      try {
        return await call();
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof GreenApiError) || error.recovery !== 'backoff') throw error;
        this.logger.debug(this.redacted(SETTINGS_UNREADABLE(this.instance, error)));
        await pause(backoffMs(failures, BACKOFF), signal);
        signal.throwIfAborted();
      }
    }
  }

  private async loggingErrors(signal: AbortSignal, work: () => Promise<void>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (signal.aborted) return;
      this.logger.warn(this.redacted(SETTINGS_UNREADABLE(this.instance, error)));
    }
  }

  /** Removes secrets: an error body of GREEN-API may repeat what was sent. */
  private redacted(text: string): string {
    return redact(this.instance.client.redact(text), this.wanted.token ?? '');
  }
}
