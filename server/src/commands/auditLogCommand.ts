import { parseArgs } from 'node:util';
import { ConfigError } from '../config/config.ts';
import { readDatabaseUri } from '../config/runningService.ts';
import { ServiceError } from '../domain/errors.ts';
import { RefusedError, runCommand, UsageError, type Surroundings } from '../lib/commandLine.ts';
import { createAuditLog, type AuditCheck } from '../services/auditLog/auditLog.ts';
import { connectStore } from '../store/connect.ts';

const HELP = `npm run audit-log -- verify [options]

Checks that no entry of the audit logs in the database that MONGODB_URI names is missing or changed; without it, of the service
that npm start runs on this machine, from the folder that DEWPOINT_DIR names. Needs no chain.

  --organisation ID  the log of this organisation alone
  --head SEQ:HASH    a line of an earlier run, kept elsewhere: shows whether the log up to there was written anew

Exit code 0: whole. 1: an entry is missing or changed. 2: it could not be tried.`;

const COMMAND = { help: HELP, refusals: [], problems: [ConfigError, ServiceError] };

const WORDS = {
  MISSING: 'entries before it are missing',
  CHANGED: 'it is not what was written',
  UNCHAINED: 'the entry before it is not the one that it was written behind',
} as const;

const HEAD = /^(\d{1,15}):([0-9a-f]{64})$/;

function readHead(text: string | undefined): { seq: number; hash: string } | null {
  if (text === undefined) return null;
  const match = HEAD.exec(text);
  if (match === null) throw new UsageError('--head must be SEQ:HASH, as an earlier run wrote it.');
  return { seq: Number(match[1]), hash: match[2] ?? '' };
}

function lineOf(organisationId: string, { entries, head, broken }: AuditCheck): string {
  if (broken !== null) {
    return `${organisationId}  broken at entry ${broken.seq}: ${WORDS[broken.kind]}; ${entries} before it are as written`;
  }
  return `${organisationId}  whole, ${entries} entries  ${head.seq}:${head.hash}`;
}

/** Runs `npm run audit-log` and returns its exit code. */
export function runAuditLog(args: readonly string[], surroundings: Surroundings): Promise<number> {
  return runCommand(COMMAND, args, surroundings, async (say) => {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { organisation: { type: 'string' }, head: { type: 'string' } },
    });
    if (positionals.join() !== 'verify') throw new UsageError(HELP);
    const kept = readHead(values.head);
    if (kept !== null && values.organisation === undefined) {
      throw new UsageError('--head needs --organisation, whose log it is of.');
    }
    const store = await connectStore(await readDatabaseUri(surroundings.env));
    try {
      const log = createAuditLog({ ...store, wallNowMs: Date.now });
      const known = await store.auditEntries.organisations();
      const organisations = values.organisation === undefined ? known : [values.organisation];
      let brokenLogs = 0;
      for (const organisationId of organisations) {
        const check = await log.check(organisationId);
        say(lineOf(organisationId, check));
        if (check.broken !== null) brokenLogs += 1;
        if (kept === null) continue;
        const [entry] = await store.auditEntries.listAll(organisationId, kept.seq - 1, 1);
        if (entry?.seq === kept.seq && entry.hash === kept.hash) continue;
        say(
          `${organisationId}  entry ${kept.seq} is not the one of --head: the log was written anew`,
        );
        brokenLogs += 1;
      }
      if (organisations.length === 0) say('There is no audit log in this database yet.');
      if (brokenLogs > 0) throw new RefusedError('An audit log is not as it was written.');
    } finally {
      await store.close();
    }
  });
}
