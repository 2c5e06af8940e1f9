import { inspect, type InspectOptions } from 'node:util';

const SECRETS: ReadonlySet<string> = new Set(['apiTokenInstance', 'webhookToken', 'token']);

/** Options that contain secrets. Printed, or written as JSON, they contain `***` instead. */
export abstract class MaskedOptions {
  toJSON(): object {
    const fields = Object.entries(this).map(([name, value]: [string, unknown]) => [
      name,
      SECRETS.has(name) && value !== undefined ? '***' : value,
    ]);
    return Object.fromEntries(fields) as object;
  }

  [inspect.custom](_depth: number, options: InspectOptions): string {
    return `${this.constructor.name} ${inspect(this.toJSON(), options)}`;
  }
}
