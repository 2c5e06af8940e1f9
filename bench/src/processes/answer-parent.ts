/** What a child process can be asked to do, by name. */
export type Commands = Readonly<Record<string, (parameter: never) => unknown>>;

export interface Question {
  readonly id: number;
  readonly command: string;
  readonly parameter: unknown;
}

export type Answer =
  | { readonly ready: true }
  | { readonly id: number; readonly result?: unknown; readonly error?: string };

/** Answers the commands of the parent process until the parent ends. */
export function answerParent(commands: Commands): void {
  const send = (answer: Answer) => process.send?.(answer);
  const answer = async ({ id, command, parameter }: Question) => {
    try {
      send({ id, result: await commands[command]!(parameter as never) });
    } catch (error) {
      send({ id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) });
    }
  };
  process.on('message', (question) => void answer(question as Question));
  process.on('disconnect', () => process.exit());
  send({ ready: true });
}
