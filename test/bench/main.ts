/**
 * `npm run bench [-- STAGE ...]`: how fast recording, settling, verifying, packing and the pages are on this machine, with the database that it
 * found.
 * Compare numbers of one run only.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { NO_COUNT_CAP, NO_END, NO_POINTS_CAP } from '@dewpoint/contracts/formula.ts';
import { packBatch, packLines } from '@dewpoint/contracts/statement.ts';
import { NO_BUDGET_CAP } from '@dewpoint/contracts/terms.ts';
import { HttpRpc } from '@dewpoint/contracts/verifier/rpc/httpRpc.ts';
import { verify } from '@dewpoint/contracts/verifier/verify.ts';
import { commandLine, EXIT_USAGE } from '@dewpoint/infra/commandLine.ts';
import { KEPT_DIR } from '@dewpoint/infra/paths.ts';
import Table from 'cli-table3';
import { createApi, type ReportedAction } from '../replay/play/api.ts';
import { createLocalClock } from '../replay/play/localClock.ts';
import { measureCostliest, type Costliest } from './costliest.ts';
import { createWorld, type World } from '../world/world.ts';
import { benchAudit } from './audit.ts';
import { benchBalance, fillHeavyMember, HEAVY_EPOCHS } from './heavyMember.ts';
import { benchRecording } from './recording.ts';
import {
  LANES_OF_DAYS,
  SETTLED_WITHIN_DAYS,
  settleAlone,
  settleDay,
  type SettledDay,
} from './settling.ts';
import { benchWebhooks } from './webhooks.ts';
import { benchWallet } from './wallet.ts';

/** Recorded in the first day, then given all that the limits allow. */
const HEAVY = 'heavy';
const STARTS_AT = 1_767_225_600;
const DAY = 86_400;
const MEMBERS = 1_000;
const POLL_MS = 100;
const PACKED_BATCHES = 500;
const STATEMENTS_PER_BATCH = 100;

interface Result {
  readonly what: string;
  readonly amount: number;
  readonly unit: string;
  readonly seconds: number;
  /** Of our speed to that of the database alone, or for settling of the chain alone; null where there is nothing to compare. */
  readonly ratio: number | null;
}

const HELP = `npm run bench
npm run bench -- STAGE ...

Measures how fast all of it is on this machine, on fresh local services, or the stages that are named. Minutes. Compare numbers
of one run only: they follow the machine and its database.

  service  recording, settling, verifying, packing, and the costliest documents
  wallet   how soon a throttled phone shows the wallet, and how soon a touched drop moves
  webhooks how soon a thousand endpoints have an event while a hundred hang
  audit    verifying 10,000 statements in a browser, beside the command line`;

const results: Result[] = [];
const timesOf = (what: string, amount: number, unit: string, seconds: number): Result => ({
  ...{ what, amount, unit, seconds },
  ratio: null,
});
let costliest: readonly Costliest[] = [];

async function measure(
  what: string,
  amount: number,
  unit: string,
  run: () => Promise<void> | void,
): Promise<void> {
  const startedAt = performance.now();
  await run();
  results.push(timesOf(what, amount, unit, (performance.now() - startedAt) / 1_000));
  console.log(`${what}: done`);
}

/** Of the days that count: the median one of each number of lanes, beside the chain alone. */
async function resultsOf(world: World, days: readonly SettledDay[]): Promise<Result[]> {
  const measured: { readonly day: SettledDay; readonly ratio: number }[] = [];
  // The last day first: going back to before a day forgets all later ones.
  for (const day of days.slice(1).toReversed()) {
    measured.push({ day, ratio: (await settleAlone(world, day)) / day.seconds });
  }
  return [1, 2].map((lanes) => {
    const own = measured
      .filter(({ day }) => day.lanes === lanes)
      .toSorted((a, b) => a.ratio - b.ratio);
    const median = own[Math.floor(own.length / 2)];
    if (median === undefined) throw new Error(`no day had lanes ${lanes}`);
    const { statements, seconds } = median.day;
    const what = `settle a day, from its close to final, lanes: ${lanes}`;
    return { what, amount: statements, unit: 'statements', seconds, ratio: median.ratio };
  });
}

let reported = 0;
const nextAction = (members: number): ReportedAction => {
  reported += 1;
  return {
    memberId: `member-${reported % members}`,
    eventId: `event-${reported}`,
    rule: 'visit',
    count: 1,
    amount: '100',
    occurredAt: new Date(STARTS_AT * 1_000).toISOString(),
  };
};

function packMany(): void {
  const lines = packLines([0, 1, 2].map((ruleId) => ({ ruleId, count: 3n, amount: 12_345n })));
  const statement = { member: `0x${'ab'.repeat(20)}` as const, epoch: 17, lines };
  const statements = Array.from({ length: STATEMENTS_PER_BATCH }, () => statement);
  for (let batch = 0; batch < PACKED_BATCHES; batch += 1) packBatch(statements);
}

/** The bar is 100 ms of the server's processor for any document, on a machine that does nothing else. */
function costliestTable(): string {
  const table = new Table({
    head: ['the costliest documents under the limits', 'fields', 'bytes', 'ms of processor'],
    colAligns: ['left', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const { name, size, bytes, processorMs } of costliest) {
    table.push([name, size, bytes.toLocaleString('en-US'), processorMs.toFixed(1)]);
  }
  return table.toString();
}

async function benchService(): Promise<void> {
  mkdirSync(KEPT_DIR, { recursive: true });
  const dir = mkdtempSync(join(KEPT_DIR, 'bench-'));
  const world = await createWorld({
    dir,
    startsAt: STARTS_AT,
    budgetPerEpoch: NO_BUDGET_CAP,
    rules: [
      {
        id: 0,
        name: 'visit',
        text: '',
        perAction: 100n,
        perUnit: 1_000_000n,
        maxCount: NO_COUNT_CAP,
        maxPoints: NO_POINTS_CAP,
        untilEpoch: NO_END,
      },
    ],
    onProgress: console.log,
    onLog: console.log,
  });
  try {
    await world.startServer();
    const api = createApi(world.apiUrl(), world.program);
    await api.record([{ ...nextAction(MEMBERS), memberId: HEAVY, eventId: HEAVY }]);
    const recorded = await benchRecording({ api, databaseUri: world.databaseUri, nextAction });
    results.push(...recorded.map((result) => ({ ...result, unit: 'actions' })));
    const days: SettledDay[] = [];
    for (const [index, lanes] of LANES_OF_DAYS.entries()) {
      await world.stopServer();
      await world.startServer(0, { lanes });
      const day = 1 + index * SETTLED_WITHIN_DAYS;
      days.push(await settleDay({ world, api, startsAt: STARTS_AT, day, lanes }));
      console.log(`day ${day}, lanes ${lanes}: settled in ${days.at(-1)?.seconds.toFixed(1)} s`);
    }
    const filled = await fillHeavyMember(world.databaseUri, HEAVY);
    await measure('add up a member of 40 full epochs', filled, 'actions', async () => {
      await createLocalClock(world.rpcUrl).atLeast(STARTS_AT + HEAVY_EPOCHS * DAY + DAY / 2);
      while ((await api.settlement()).open > 0) await delay(POLL_MS);
    });
    const balanceMs = await benchBalance(api, HEAVY);
    results.push(timesOf('balance of that member', 1, 'call', balanceMs / 1_000));
    costliest = await measureCostliest({
      apiUrl: world.apiUrl(),
      key: world.program.apiKey,
      programId: world.program.id,
    });
    const verified = MEMBERS + days.reduce((sum, { statements }) => sum + statements, 0);
    await measure('verify from the logs', verified, 'statements', async () => {
      const { ok } = await verify({
        provider: new HttpRpc(world.rpcUrl),
        program: world.program.address,
      });
      if (!ok) throw new Error('the verifier found differences');
    });
    await world.stopServer();
    results.push(...(await resultsOf(world, days)));
  } finally {
    await world.stop();
    rmSync(dir, { recursive: true, force: true });
  }
  const statements = PACKED_BATCHES * STATEMENTS_PER_BATCH;
  await measure('pack statements of 3 lines', statements, 'statements', packMany);
}

function printResults(): void {
  const table = new Table({
    head: ['', 'amount', 'seconds', 'a second', 'of database or chain alone'],
    colAligns: ['left', 'right', 'right', 'right', 'right'],
    style: { head: [], border: [] },
  });
  for (const { what, amount, unit, seconds, ratio } of results) {
    const rate = Math.round(amount / seconds).toLocaleString('en-US');
    const amounts = `${amount.toLocaleString('en-US')} ${unit}`;
    table.push([what, amounts, seconds.toFixed(3), rate, ratio?.toFixed(2) ?? '']);
  }
  if (results.length > 0) console.log(table.toString());
  if (costliest.length > 0) console.log(costliestTable());
  for (const line of lines) console.log(line);
}

/** Sentences of the stages that measure no throughput. */
const lines: string[] = [];
const STAGES: Readonly<Record<string, () => Promise<void>>> = {
  service: benchService,
  wallet: async () => void lines.push(...(await benchWallet(console.log))),
  webhooks: async () => void lines.push(...(await benchWebhooks(console.log))),
  audit: async () => void lines.push(...(await benchAudit(console.log))),
};

const { positionals } = commandLine({
  ...{ command: 'npm run bench', help: HELP, words: true },
  options: {},
});
const unknown = positionals.find((name) => STAGES[name] === undefined);
if (unknown !== undefined) {
  console.error(`There is no stage ${unknown}: choose from ${Object.keys(STAGES).join(', ')}.`);
  process.exit(EXIT_USAGE);
}
for (const [name, run] of Object.entries(STAGES)) {
  if (positionals.length === 0 || positionals.includes(name)) await run();
}
printResults();
