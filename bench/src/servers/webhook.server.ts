/** What every server of the webhook measurement serves. */
export const WEBHOOK_PATH = '/green-api/webhook';
export const WEBHOOK_TOKEN = 'bench-webhook-token';

/** Called for each notification. */
export type OnWebhook = () => void;

/** Listens on a free port of 127.0.0.1 and returns the port. */
export type StartServer = (onWebhook: OnWebhook, instances: readonly number[]) => Promise<number>;
