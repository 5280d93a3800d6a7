import { parseArgs } from 'node:util';
import { ConfigError } from '../../config/config.ts';
import { readServiceUrl } from '../../config/runningService.ts';
import { RefusedError, runCommand, UsageError, type Surroundings } from '../../lib/commandLine.ts';

const HELP = `npm run link -- wallet | audit

Prints a link into the demo that npm start runs on this machine.

  wallet   the wallet of a member, with a fresh ticket in the link: good once, for 15 minutes, and on this machine alone
  audit    the page that checks every promise of the demo from its chain

Exit code 0: done. 1: refused. 2: it could not be tried.`;
const COMMAND = { help: HELP, problems: [ConfigError] };
const PAGES = ['wallet', 'audit'] as const;
const ANSWER_WITHIN_MS = 10_000;

/** Runs `npm run link` and returns its exit code. */
export function runLink(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return runCommand(COMMAND, args, surroundings, async (say) => {
    const { positionals } = parseArgs({ args: [...args], allowPositionals: true, options: {} });
    const page = PAGES.find((name) => name === positionals[0]);
    if (page === undefined || positionals.length > 1) throw new UsageError(HELP);
    const url = await readServiceUrl(surroundings.env);
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    const answer = await fetch(`${url}/demo/${page}`, { redirect: 'manual', signal }).catch(
      (cause: unknown) => {
        throw new RefusedError(`The service at ${url} does not answer: ${String(cause)}`);
      },
    );
    const location = answer.headers.get('location');
    if (location === null) {
      throw new RefusedError(`The service at ${url} has no demo on a local chain to link to.`);
    }
    say(new URL(location, url).href);
  });
}
