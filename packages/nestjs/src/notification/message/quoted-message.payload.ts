/** placeholder */
export interface QuotedMessage {
  stanzaId: string;
  participant?: string;
}
