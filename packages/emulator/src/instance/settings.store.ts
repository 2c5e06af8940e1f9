import type { Clock, ClockTimer } from '../clock/clock.js';
import { defaultSettings, type InstanceSettings } from './instance.settings.js';

/** The current settings, and the changes that have not taken effect yet. */
export class SettingsStore {
  private values: InstanceSettings;
  private pending: Partial<InstanceSettings> = {};
  private timer: ClockTimer | undefined;

  constructor(
    private readonly clock: Clock,
    private readonly delayMs: number,
    preset: Partial<InstanceSettings> = {},
  ) {
    this.values = { ...defaultSettings(), ...preset };
  }

  get current(): Readonly<InstanceSettings> {
    return this.values;
  }

  get appliesLater(): boolean {
    return this.delayMs > 0;
  }

  apply(patch: Partial<InstanceSettings>): void {
    this.values = { ...this.values, ...patch };
  }

  /**
   * Applies the change after the delay. A call during the delay adds to the change and restarts the
   * delay.
   */
  applyLater(patch: Partial<InstanceSettings>, applied: () => void): void {
    this.pending = { ...this.pending, ...patch };
    this.timer?.cancel();
    this.timer = this.clock.setTimeout(() => {
      this.apply(this.pending);
      this.pending = {};
      applied();
    }, this.delayMs);
  }

  close(): void {
    this.timer?.cancel();
  }
}
