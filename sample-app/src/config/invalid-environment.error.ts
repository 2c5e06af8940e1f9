/** Environment variables are missing or wrong; the message lists all of them. */
export class InvalidEnvironmentError extends Error {
  override readonly name = 'InvalidEnvironmentError';

  constructor(problems: readonly string[]) {
    super(
      `The sample app cannot start. Set these in the environment or in a .env file:\n${problems
        .map((problem) => `  - ${problem}`)
        .join('\n')}`,
    );
  }
}
