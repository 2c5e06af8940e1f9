/** What the bodies of one application may take together, at least. */
const LEAST_BYTES = 32 * 1024 * 1024;

/** The part of the budget that one request uses. */
export interface BodyReservation {
  /** Returns false, and takes nothing, if the budget is used up. */
  take(bytes: number): boolean;
  /** Gives everything back. */
  release(): void;
}

/**
 * Limits how many bytes of webhook bodies are in memory at the same time, from the first byte until
 * the notification is handled. Many large bodies at once would otherwise end the process.
 */
export class BodyBudget {
  private readonly limitBytes: number;
  private usedBytes = 0;

  /** @param bodyLimitBytes the largest body, which always fits into an unused budget */
  constructor(bodyLimitBytes: number) {
    this.limitBytes = Math.max(LEAST_BYTES, bodyLimitBytes);
  }

  reserve(): BodyReservation {
    let takenBytes = 0;
    return {
      take: (bytes) => {
        if (this.usedBytes + bytes > this.limitBytes) return false;
        this.usedBytes += bytes;
        takenBytes += bytes;
        return true;
      },
      release: () => {
        this.usedBytes -= takenBytes;
        takenBytes = 0;
      },
    };
  }
}
