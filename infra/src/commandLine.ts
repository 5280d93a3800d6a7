import { parseArgs, type ParseArgsConfig } from 'node:util';

/** Options as `parseArgs` of node:util takes them. */
export type OptionSyntax = NonNullable<ParseArgsConfig['options']>;

/** The command line is not what its help says. The message is one sentence that says what would be right. */
export class CommandLineError extends Error {
  override readonly name = 'CommandLineError';
}

/** A command, as its help has it. */
export interface CommandSyntax<Options extends OptionSyntax> {
  /** Such as `npm run replay`. */
  readonly command: string;
  /** Shown for --help, as it is. */
  readonly help: string;
  readonly options: Options;
  /** Whether words may stand beside the options. */
  readonly words: boolean;
}

/** What a wrong command line ends with; 1 is for what a command finds or fails at. */
export const EXIT_USAGE = 2;

type Parsed<Options extends OptionSyntax> = ReturnType<
  typeof parseArgs<{ options: Options; allowPositionals: true; args: string[] }>
>;

/**
 * Reads the arguments of a command.
 *
 * @returns the options and words, or `help` when that was asked for
 * @throws CommandLineError for an option that there is not, or one without its value
 */
export function readArguments<const Options extends OptionSyntax>(
  { command, options, words }: CommandSyntax<Options>,
  args: readonly string[],
): Parsed<Options> | 'help' {
  if (args.some((arg) => arg === '--help' || arg === '-h')) return 'help';
  try {
    return parseArgs({ args: [...args], options, allowPositionals: words });
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    // The sentences after the first explain how the parser could be told otherwise.
    const [sentence = ''] = error.message.split(/[.\n]/);
    throw new CommandLineError(`${sentence}: ${command} -- --help says what there is.`);
  }
}

/** Answers --help, and refuses what there is not, by ending the process; otherwise returns the options and words. */
export function commandLine<const Options extends OptionSyntax>(
  syntax: CommandSyntax<Options>,
  args: readonly string[] = process.argv.slice(2),
): Parsed<Options> {
  try {
    const read = readArguments(syntax, args);
    if (read !== 'help') return read;
    console.log(syntax.help);
    process.exit(0);
  } catch (error) {
    if (!(error instanceof CommandLineError)) throw error;
    console.error(error.message);
    process.exit(EXIT_USAGE);
  }
}
