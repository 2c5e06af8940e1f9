/** What the `Authorization` of one request is good for. */
export interface WebhookCredential {
  isFor(idInstance: string): boolean;
}
