/** What the bodies of one application may take together, at least. */
const LEAST_BYTES = 32 * 1024 * 1024;

/** The part of the budget that one request uses. */
export interface BodyReservation {
  /** Returns false, and takes nothing, if the budget, or the owner's share of it, is used up. */
  take(bytes: number): boolean;
  /** Gives everything back. */
  release(): void;
}

/**
 * Limits how many bytes of webhook bodies are in memory at the same time, from the first byte until
 * the notification is handled. Many large bodies at once would otherwise end the process.
 *
 * Each owner, which is a token, has a share. One share always stays free for the next owner, so
 * that the holder of one instance's token cannot shut out the others.
 */
export class BodyBudget {
  private readonly limitBytes: number;
  private readonly usedBytes = new Map<string, number>();

  /** @param bodyLimitBytes the largest body, which always fits into an unused budget */
  constructor(bodyLimitBytes: number) {
    this.limitBytes = Math.max(LEAST_BYTES, 2 * bodyLimitBytes);
  }

  reserve(owner: string): BodyReservation {
    let takenBytes = 0;
    return {
      take: (bytes) => {
        if (!this.fits(owner, bytes)) return false;
        this.usedBytes.set(owner, this.usedBy(owner) + bytes);
        takenBytes += bytes;
        return true;
      },
      release: () => {
        const left = this.usedBy(owner) - takenBytes;
        takenBytes = 0;
        if (left > 0) this.usedBytes.set(owner, left);
        else this.usedBytes.delete(owner);
      },
    };
  }

  private fits(owner: string, bytes: number): boolean {
    const owners = this.usedBytes.has(owner) ? this.usedBytes.size : this.usedBytes.size + 1;
    let used = 0;
    for (const each of this.usedBytes.values()) used += each;
    const share = this.limitBytes / (owners + 1);
    return used + bytes <= this.limitBytes && this.usedBy(owner) + bytes <= share;
  }

  private usedBy(owner: string): number {
    return this.usedBytes.get(owner) ?? 0;
  }
}
