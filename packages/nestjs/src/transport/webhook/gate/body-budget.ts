/** What the bodies of one application may take together, at least. */
const LEAST_BYTES = 32 * 1024 * 1024;

/**
 * Limits how many bytes of webhook bodies are in memory at the same time, from the moment a body is
 * announced until the notification is handled. Many large bodies at once would otherwise end the
 * process.
 *
 * Each owner, which is a token, has a share. One share always stays free for the next owner, so
 * that the holder of one instance's token cannot shut out the others.
 */
export class BodyBudget {
  private readonly limitBytes: number;
  private readonly usedBytes = new Map<string, number>();
  private allUsedBytes = 0;

  /** @param bodyLimitBytes the largest body, which always fits into an unused budget */
  constructor(bodyLimitBytes: number) {
    this.limitBytes = Math.max(LEAST_BYTES, 2 * bodyLimitBytes);
  }

  reserve(owner: string): BodyReservation {
    return new BodyReservation(this, owner);
  }

  /** Returns false, and takes nothing, if the budget, or the owner's share of it, is used up. */
  take(owner: string, bytes: number): boolean {
    const used = this.usedBytes.get(owner);
    const owners = this.usedBytes.size + (used === undefined ? 1 : 0);
    const share = this.limitBytes / (owners + 1);
    const willUse = (used ?? 0) + bytes;
    if (willUse > share || this.allUsedBytes + bytes > this.limitBytes) return false;
    this.usedBytes.set(owner, willUse);
    this.allUsedBytes += bytes;
    return true;
  }

  giveBack(owner: string, bytes: number): void {
    const left = (this.usedBytes.get(owner) ?? 0) - bytes;
    this.allUsedBytes -= bytes;
    if (left > 0) this.usedBytes.set(owner, left);
    else this.usedBytes.delete(owner);
  }
}

/** The part of the budget that one request uses. */
export class BodyReservation {
  private takenBytes = 0;

  constructor(
    private readonly budget: BodyBudget,
    private readonly owner: string,
  ) {}

  /** Returns false, and takes nothing, if the budget, or the owner's share of it, is used up. */
  take(bytes: number): boolean {
    if (!this.budget.take(this.owner, bytes)) return false;
    this.takenBytes += bytes;
    return true;
  }

  /** Gives everything back. */
  release(): void {
    if (this.takenBytes > 0) this.budget.giveBack(this.owner, this.takenBytes);
    this.takenBytes = 0;
  }
}
