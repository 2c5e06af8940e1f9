/** Most notifications fit, so few bodies need a larger buffer. */
const FIRST_BYTES = 16 * 1024;

/**
 * Collects chunks up to a limit, in one buffer: in a list of chunks, a chunk of one byte would need
 * hundreds of bytes of memory.
 */
export class BoundedBuffer {
  private buffer: Buffer;
  private size = 0;

  constructor(private readonly limitBytes: number) {
    this.buffer = Buffer.allocUnsafe(Math.min(FIRST_BYTES, limitBytes));
  }

  get bytes(): Buffer {
    return this.buffer.subarray(0, this.size);
  }

  /** Returns false, and adds nothing, if the chunk does not fit. */
  add(chunk: Uint8Array): boolean {
    const needed = this.size + chunk.length;
    if (needed > this.limitBytes) return false;
    if (needed > this.buffer.length) this.grow(needed);
    this.buffer.set(chunk, this.size);
    this.size = needed;
    return true;
  }

  /** Copies into a buffer twice as large, or larger if needed, but never larger than the limit. */
  private grow(neededBytes: number): void {
    const size = Math.min(this.limitBytes, Math.max(neededBytes, this.buffer.length * 2));
    const larger = Buffer.allocUnsafe(size);
    this.buffer.copy(larger);
    this.buffer = larger;
  }
}
