import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CommandLineError } from '@dewpoint/infra/commandLine.ts';
import { ROOT_DIR } from '@dewpoint/infra/paths.ts';
import { PurchaseLogError } from './log/problem.ts';
import { readPurchaseLog, type PurchaseLog } from './log/purchases.ts';
import { readRules, RulesFileError, type ReplayRule } from './log/rules.ts';
import type { ReplayOptions } from './options.ts';

const DEFAULT_RULES = join(ROOT_DIR, 'test/fixtures/purchases/rules.json');

/** What is wrong with a file, by the system's code for it. */
const UNREADABLE: Readonly<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder, name a file in it',
  EACCES: 'its rights forbid it',
};

/** A file that can't be read is the user's to mend, in one sentence. */
function readBytes(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    throw new CommandLineError(`${file} can't be read: ${UNREADABLE[code] ?? message}.`);
  }
}

/** What a replay plays, and by which rules. */
export interface ReplayInputs {
  readonly log: PurchaseLog;
  readonly rules: ReplayRule[];
}

/**
 * Reads the log and the rules.
 *
 * @throws CommandLineError naming the file, the line and the column.
 */
export function readInputs(options: ReplayOptions): ReplayInputs {
  const rulesFile = options.rulesFile ?? DEFAULT_RULES;
  try {
    return {
      log: readPurchaseLog(readBytes(options.file), options.log),
      rules: readRules(readBytes(rulesFile).toString()),
    };
  } catch (error) {
    if (error instanceof PurchaseLogError) {
      throw new CommandLineError(`${options.file}: ${error.message}.`);
    }
    if (error instanceof RulesFileError)
      throw new CommandLineError(`${rulesFile}: ${error.message}.`);
    throw error;
  }
}
