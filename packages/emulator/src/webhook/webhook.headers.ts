export type WebhookHeaders = Record<string, string | string[]>;

/** Headers of every push. A token that already names its scheme is sent as it is. */
export function webhookHeaders(webhookUrlToken: string): WebhookHeaders {
  const headers: WebhookHeaders = { 'content-type': 'application/json; charset=utf-8' };
  if (webhookUrlToken) headers['authorization'] = authorization(webhookUrlToken);
  return headers;
}

function authorization(token: string): string {
  return /^(Basic|Bearer) /.test(token) ? token : `Bearer ${token}`;
}
