/** What commands share: help, one sentence for what goes wrong, and exit codes. */

/** Surroundings of a command: where it writes, and the variables that it reads. */
export interface Surroundings {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** The arguments can't be done as they stand; the message says what would be right. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** What was asked for is refused; the message says why. */
export class RefusedError extends Error {
  override readonly name = 'RefusedError';
}

type ErrorClass = abstract new (...args: never[]) => Error;

/** A command: its help, and the errors whose messages are for its user. */
export interface CommandDeclaration {
  readonly help: string;
  /** Errors that say that what was asked for is refused, besides {@link RefusedError}. */
  readonly refusals?: readonly ErrorClass[];
  /** Errors that say that it could not be tried, besides {@link UsageError}. */
  readonly problems?: readonly ErrorClass[];
}

const EXIT_DONE = 0;
const EXIT_REFUSED = 1;
const EXIT_USAGE = 2;

const isHelp = (arg: string): boolean => arg === '--help' || arg === '-h';
const isTyping = (error: unknown): boolean =>
  error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');

/**
 * Runs a command and returns its exit code: 0 done, 1 refused, 2 could not be tried. `--help` prints the help and does
 * nothing.
 */
export async function runCommand(
  { help, refusals = [], problems = [] }: CommandDeclaration,
  args: readonly string[],
  surroundings: Surroundings,
  run: (say: (line: string) => void) => Promise<void>,
): Promise<number> {
  const { stdout, stderr } = surroundings;
  if (args.some(isHelp)) {
    stdout.write(`${help}\n`);
    return EXIT_DONE;
  }
  try {
    await run((line) => stdout.write(`${line}\n`));
    return EXIT_DONE;
  } catch (error) {
    const { message, stack } = error as Error;
    const isOneOf = (kinds: readonly ErrorClass[]): boolean =>
      kinds.some((kind) => error instanceof kind);
    const isRefused = isOneOf([RefusedError, ...refusals]);
    const isExpected = isRefused || isTyping(error) || isOneOf([UsageError, ...problems]);
    stderr.write(`${isExpected ? message : String(stack)}\n`);
    return isRefused ? EXIT_REFUSED : EXIT_USAGE;
  }
}
