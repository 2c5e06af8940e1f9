import type { InstanceIdentity } from './notification.types.js';

/** Message ids in the format of the messenger: hex on WhatsApp, 18 decimal digits on the others. */
export class IdMessageSequence {
  private issued = 0;

  constructor(private readonly identity: InstanceIdentity) {}

  next(): string {
    this.issued += 1;
    if (this.identity.typeInstance === 'whatsapp') {
      const account = BigInt(this.identity.idInstance).toString(16).slice(-10).padStart(10, '0');
      return `3EB0${account}${this.issued.toString(16).padStart(8, '0')}`.toUpperCase();
    }
    return `11${String(this.issued).padStart(16, '0')}`;
  }
}
