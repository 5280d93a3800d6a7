import { parseArgs } from 'node:util';
import { ConfigError } from '../config/config.ts';
import { readDatabaseUri } from '../config/runningService.ts';
import { ServiceError, UserError } from '../domain/errors.ts';
import type { Program } from '../domain/program.ts';
import { APP_SCOPES, KEY_SCOPES, type KeyScope } from '../domain/organisations/scopes.ts';
import { createApiKeys, keyOwner, type ApiKeys } from '../services/access/apiKeys.ts';
import type { ApiKeyRecord } from '../ports/stores/access.ts';
import { connectStore } from '../store/connect.ts';
import { chooseProgram } from './chosenProgram.ts';
import { RefusedError, runCommand, UsageError, type Surroundings } from '../lib/commandLine.ts';

const HELP = `npm run api-key -- COMMAND [options]

API keys of the programs in the database that MONGODB_URI names; without it, of the service that npm start runs on this
machine, from the folder that DEWPOINT_DIR names. Needs no chain.

  list                          keys of a program; keys themselves are never shown again
  create NAME [--scopes LIST]   a new key, shown once; by default all that an app needs
  revoke ID                     ends a key at once

  --program PROGRAM  the address of its Points contract, or its id in the API; needed when there are several
  --scopes LIST      of ${KEY_SCOPES.join(',')}; program:write is for the operator alone

Exit code 0: done. 1: refused. 2: it could not be tried.`;

const COMMAND = { help: HELP, refusals: [ServiceError, UserError], problems: [ConfigError] };
const COMMANDS = ['list', 'create', 'revoke'];
type Say = (line: string) => void;

function readScopes(list: string | undefined): readonly KeyScope[] {
  if (list === undefined) return APP_SCOPES;
  return list.split(',').map((name) => {
    const scope = KEY_SCOPES.find((known) => known === name.trim());
    if (scope === undefined)
      throw new UsageError(`"${name}" is no scope; there are ${KEY_SCOPES.join(', ')}.`);
    return scope;
  });
}

/** The keys that open this program and no other. */
const keysOf = async (apiKeys: ApiKeys, program: Program): Promise<ApiKeyRecord[]> =>
  (await apiKeys.list(program)).filter(({ programId }) => programId === program.id);

async function list(apiKeys: ApiKeys, program: Program, say: Say): Promise<void> {
  say(`${program.name} (${program.address})`);
  for (const { id, name, scopes, createdAtMs, revokedAtMs } of await keysOf(apiKeys, program)) {
    const state = revokedAtMs === null ? 'good' : `revoked ${new Date(revokedAtMs).toISOString()}`;
    say(`${id}  ${new Date(createdAtMs).toISOString()}  ${state}  ${name}  ${scopes.join(',')}`);
  }
}

async function create(
  apiKeys: ApiKeys,
  program: Program,
  args: { readonly name: string; readonly scopes: readonly KeyScope[]; readonly say: Say },
): Promise<void> {
  const { key, record } = await apiKeys.create(keyOwner(program), args.name, args.scopes);
  const allowed = record.scopes.join(', ');
  args.say(`${record.id} for ${program.name}, with ${allowed}. It is shown this once:`);
  args.say(key);
}

function parse(args: readonly string[]) {
  return parseArgs({
    args: [...args],
    allowPositionals: true,
    options: { program: { type: 'string' }, scopes: { type: 'string' } },
  });
}

/** Runs `npm run api-key` and returns its exit code. */
export function runApiKey(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return runCommand(COMMAND, args, surroundings, async (say) => {
    const { positionals, values } = parse(args);
    const [command = '', subject] = positionals;
    if (!COMMANDS.includes(command) || (command !== 'list' && subject === undefined)) {
      throw new UsageError(HELP);
    }
    const scopes = readScopes(values.scopes);
    const store = await connectStore(await readDatabaseUri(surroundings.env));
    try {
      const apiKeys = createApiKeys(store);
      const program = chooseProgram(await store.programs.list(), values.program);
      if (command === 'list') await list(apiKeys, program, say);
      else if (command === 'create') {
        await create(apiKeys, program, { name: subject ?? '', scopes, say });
      } else {
        const isIts = (await keysOf(apiKeys, program)).some(({ id }) => id === subject);
        const revoked = isIts && (await apiKeys.revoke(program, subject ?? ''));
        if (!revoked)
          throw new RefusedError(`${program.name} has no key ${subject} that is still good.`);
        say(`${subject} is revoked.`);
      }
    } finally {
      await store.close();
    }
  });
}
