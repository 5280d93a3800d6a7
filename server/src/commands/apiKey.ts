/**
 * `npm run api-key -- create NAME [--scopes a,b] | list | revoke ID [--program ID]`: API keys of the programs in the
 * database that MONGODB_URI names; without it, of the service that `npm start` runs on this machine. Needs no chain.
 */
import { parseArgs } from 'node:util';
import { readDatabaseUri } from '../config/runningService.ts';
import { ConfigError } from '../config/config.ts';
import { ServiceError } from '../domain/errors.ts';
import type { Program } from '../domain/program.ts';
import { APP_SCOPES, SCOPES, type Scope } from '../ports/stores/access.ts';
import { createApiKeys, type ApiKeys } from '../services/access/apiKeys.ts';
import { connectStore } from '../store/connect.ts';

const USAGE = `Usage:
  npm run api-key -- list                          keys of a program; keys themselves are never shown again
  npm run api-key -- create NAME [--scopes LIST]   a new key, shown once; by default all that an app needs
  npm run api-key -- revoke ID                     ends a key at once
Options:
  --program ID    which program (prg_...), needed when there are several
  --scopes LIST   of ${SCOPES.join(',')}; program:write is for the operator alone
`;

/** Wrong arguments of the command, reported without a stack. */
class UsageError extends Error {}

const say = (line: string): void => void process.stdout.write(`${line}\n`);

function choose(programs: readonly Program[], id: string | undefined): Program {
  const chosen = id === undefined ? programs : programs.filter((program) => program.id === id);
  const [program] = chosen;
  if (program !== undefined && chosen.length === 1) return program;
  const known = programs.map((one) => `  ${one.id}  ${one.name}`).join('\n');
  if (programs.length === 0) throw new UsageError('There is no program in this database yet.');
  throw new UsageError(`Say which program with --program:\n${known}`);
}

function readScopes(list: string | undefined): readonly Scope[] {
  if (list === undefined) return APP_SCOPES;
  return list.split(',').map((name) => {
    const scope = SCOPES.find((known) => known === name.trim());
    if (scope === undefined)
      throw new UsageError(`"${name}" is no scope; there are ${SCOPES.join(', ')}.`);
    return scope;
  });
}

async function list(apiKeys: ApiKeys, program: Program): Promise<void> {
  say(`${program.name} (${program.id})`);
  for (const { id, name, scopes, createdAtMs, revokedAtMs } of await apiKeys.list(program)) {
    const state = revokedAtMs === null ? 'good' : `revoked ${new Date(revokedAtMs).toISOString()}`;
    say(`${id}  ${new Date(createdAtMs).toISOString()}  ${state}  ${name}  ${scopes.join(',')}`);
  }
}

async function run(
  words: readonly string[],
  options: { program?: string; scopes?: string },
): Promise<void> {
  const [command, subject] = words;
  if (
    !['list', 'create', 'revoke'].includes(command ?? '') ||
    (command !== 'list' && subject === undefined)
  ) {
    throw new UsageError(USAGE);
  }
  const store = await connectStore(await readDatabaseUri());
  try {
    const apiKeys = createApiKeys(store);
    const program = choose(await store.programs.list(), options.program);
    if (command === 'create') {
      const { key, record } = await apiKeys.create(
        program,
        subject ?? '',
        readScopes(options.scopes),
      );
      say(
        `${record.id} for ${program.name}, with ${record.scopes.join(', ')}. It is shown this once:`,
      );
      say(key);
    } else if (command === 'revoke') {
      const revoked = await apiKeys.revoke(program, subject ?? '');
      if (!revoked)
        throw new UsageError(`${program.name} has no key ${subject} that is still good.`);
      say(`${subject} is revoked.`);
    } else {
      await list(apiKeys, program);
    }
  } finally {
    await store.close();
  }
}

try {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: { program: { type: 'string' }, scopes: { type: 'string' } },
  });
  await run(positionals, values);
} catch (error) {
  const isTyping = error instanceof TypeError && 'code' in error;
  const isExpected =
    isTyping || [UsageError, ConfigError, ServiceError].some((kind) => error instanceof kind);
  const { message, stack } = error as Error;
  process.stderr.write(`${isExpected ? message : String(stack)}\n`);
  process.exitCode = 1;
}
