import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { ManualClock, notificationMix, startEmulator, type Emulator } from '../../src/index.js';

describe('notificationMix', () => {
  let emulator: Emulator;

  beforeEach(async () => {
    emulator = await startEmulator({ clock: new ManualClock() });
  });
  afterEach(() => emulator.close());

  const mix = (idInstance: number, seed: number) => {
    const { build } = emulator.instance(idInstance);
    return [...notificationMix(build, { seed, chats: 5, count: 300 })];
  };
  const kinds = (idInstance: number, seed: number) =>
    mix(idInstance, seed).map(({ typeWebhook }) => typeWebhook);

  it('gives the same traffic for the same seed', () => {
    expect(kinds(1, 7)).toEqual(kinds(2, 7));
    expect(kinds(1, 7)).not.toEqual(kinds(1, 8));
  });

  it('has several chats and kinds, and a different id for each notification', () => {
    const notifications = mix(1, 42);
    const chats = notifications.map((one) => {
      const { chatId } = (one['senderData'] ?? one) as { chatId?: string };
      return chatId ?? one['from'];
    });
    expect(new Set(chats).size).toBe(5);
    expect(new Set(notifications.map((one) => one.typeWebhook)).size).toBeGreaterThanOrEqual(4);
    expect(new Set(notifications.map((one) => one.idMessage)).size).toBe(300);
  });
});
