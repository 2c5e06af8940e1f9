import type { Emulator } from '@green-notifications/emulator';

import { identityOf } from '../faults/support/mark.js';
import { CANARY_TOKEN } from '../support/canary.js';

/** GREEN-API drops what is queued while the handler of the head is at work on it. */
export class QueueDropping {
  constructor(private readonly emulator: Emulator) {}

  /** Its 24 hours are over, and those of some behind it. */
  expire(idInstance: string, body: unknown, behind: number): void {
    if (!this.isHead(idInstance, body)) return;
    const instance = this.emulator.instance(idInstance);
    for (let count = 0; count <= behind; count += 1) instance.expireHead();
  }

  /** Somebody calls clearWebhooksQueue, which works once a minute. */
  async clear(idInstance: string, body: unknown): Promise<void> {
    if (!this.isHead(idInstance, body)) return;
    const { url } = this.emulator;
    await fetch(`${url}/waInstance${idInstance}/clearWebhooksQueue/${CANARY_TOKEN}`, {
      method: 'DELETE',
    });
  }

  private isHead(idInstance: string, body: unknown): boolean {
    const { ledger } = this.emulator.instance(idInstance);
    const head = ledger.entries.find(({ state }) => state === 'queued');
    return head !== undefined && identityOf(head.notification) === identityOf(body);
  }
}
