import type { Clock, ClockTimer } from '../clock/clock.js';
import { defaultSettings, type InstanceSettings } from './instance.settings.js';

/** The settings in force, and those that wait to take effect. */
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

  /** Applies after the delay; a later call within it adds to the same change and starts it anew. */
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
