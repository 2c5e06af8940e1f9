/** What the command line program needs of its process. */
export interface CliIo {
  write(text: string): void;
  writeError(text: string): void;
  /** Resolves when the program is asked to stop. */
  readonly stopped: Promise<void>;
}
