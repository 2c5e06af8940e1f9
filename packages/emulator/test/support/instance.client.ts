import type { Emulator } from '../../src/index.js';

/** Calls one instance like a consumer. */
export class InstanceClient {
  constructor(
    private readonly emulator: Emulator,
    private readonly idInstance = '1101000001',
    private readonly apiTokenInstance = 'secret',
  ) {}

  get instance() {
    return this.emulator.instance(this.idInstance);
  }

  url(method: string, rest = ''): string {
    return `${this.emulator.url}/waInstance${this.idInstance}/${method}/${this.apiTokenInstance}${rest}`;
  }

  get(method: string, rest = '', init: RequestInit = {}): Promise<Response> {
    return fetch(this.url(method, rest), init);
  }

  post(method: string, body: unknown): Promise<Response> {
    return fetch(this.url(method), { method: 'POST', body: JSON.stringify(body) });
  }

  async receive(): Promise<{ receiptId: number; body: Record<string, unknown> }> {
    const answer = await this.get('receiveNotification');
    return (await answer.json()) as { receiptId: number; body: Record<string, unknown> };
  }

  async delete(receiptId: number | string): Promise<unknown> {
    const answer = await fetch(this.url('deleteNotification', `/${receiptId}`), {
      method: 'DELETE',
    });
    return answer.json();
  }

  publishText(text = 'hi') {
    return this.instance.publish(this.instance.build.incomingText(text));
  }
}
