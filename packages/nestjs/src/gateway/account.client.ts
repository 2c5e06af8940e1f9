import { pause } from '../common/pause.js';
import type { InstanceSettings } from './instance-settings.js';
import { JsonClient, type JsonCall } from './json.client.js';
import { MethodPacer } from './method.pacer.js';
import type { QueueClearing } from './queue-clearing.js';

interface CallOptions {
  readonly signal?: AbortSignal;
}

/**
 * The GREEN-API methods about an instance itself. GREEN-API allows each once a second, so calls
 * that come sooner wait for their turn.
 */
export abstract class AccountClient extends JsonClient {
  readonly #pacer = new MethodPacer();

  /**
   * The settings as GREEN-API has them.
   *
   * @throws {GreenApiError}
   * @see GREEN-API: GetSettings
   */
  async getSettings(options: CallOptions = {}): Promise<InstanceSettings> {
    return this.#paced('getSettings', { httpMethod: 'GET', ...options });
  }

  /**
   * Changes the given settings and no others. The instance restarts, and the change takes effect
   * within 5 minutes.
   *
   * @throws {GreenApiError} also if GREEN-API answers that it did not save them
   * @see GREEN-API: SetSettings
   */
  async setSettings(changes: InstanceSettings, options: CallOptions = {}): Promise<void> {
    const { saveSettings } = await this.#paced('setSettings', {
      httpMethod: 'POST',
      body: changes,
      ...options,
    });
    if (saveSettings !== true) throw this.unreadable('setSettings', 'no "saveSettings": true');
  }

  /**
   * `authorized`, `notAuthorized`, `starting`, `blocked`, or whatever GREEN-API adds.
   *
   * @throws {GreenApiError}
   * @see GREEN-API: GetStateInstance
   */
  async getStateInstance(options: CallOptions = {}): Promise<string> {
    const { stateInstance } = await this.#paced('getStateInstance', {
      httpMethod: 'GET',
      ...options,
    });
    if (typeof stateInstance === 'string') return stateInstance;
    throw this.unreadable('getStateInstance', 'no stateInstance');
  }

  /**
   * How many notifications wait in the queue; GREEN-API counts every 10 seconds.
   *
   * @throws {GreenApiError}
   * @see GREEN-API: GetWebhooksCount
   */
  async getWebhooksCount(options: CallOptions = {}): Promise<number> {
    const answer = await this.#paced('getWebhooksCount', { httpMethod: 'GET', ...options });
    // Two pages of the documentation spell the key with a letter that only looks like a "c".
    const count = Object.values(answer).find((value) => Number.isInteger(value));
    if (typeof count === 'number') return count;
    throw this.unreadable('getWebhooksCount', 'no count');
  }

  /**
   * Throws away every notification in the queue. GREEN-API allows it once a minute; if it is too
   * soon, this waits as long as GREEN-API says (`leftTime`) and tries once more.
   *
   * @throws {GreenApiError}
   * @see GREEN-API: ClearWebhooksQueue
   */
  async clearWebhooksQueue(options: CallOptions = {}): Promise<QueueClearing> {
    const first = await this.#clear(options);
    if (first.cleared || first.retryAfterMs === undefined) return first;
    await pause(first.retryAfterMs, options.signal ?? new AbortController().signal);
    return this.#clear(options);
  }

  async #clear(options: CallOptions): Promise<QueueClearing> {
    const { isCleared, reason, leftTime } = await this.#paced('clearWebhooksQueue', {
      httpMethod: 'DELETE',
      ...options,
    });
    return {
      cleared: isCleared === true,
      ...(typeof reason === 'string' && reason !== '' && { reason }),
      ...(typeof leftTime === 'number' && { retryAfterMs: leftTime * 1000 }),
    };
  }

  async #paced(method: string, call: JsonCall): Promise<Readonly<Record<string, unknown>>> {
    await this.#pacer.turn(method, call.signal);
    return this.fields(method, call);
  }
}
