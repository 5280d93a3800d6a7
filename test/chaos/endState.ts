import { pointsAbi } from '@dewpoint/contracts/abi/pointsAbi.ts';
import { statementPoints } from '@dewpoint/contracts/formula.ts';
import {
  unpackBatch,
  unpackLines,
  type Hex,
  type PackedStatement,
} from '@dewpoint/contracts/statement.ts';
import { Contract, JsonRpcProvider, ZeroAddress, getAddress } from 'ethers';
import { MongoClient } from 'mongodb';
import type { readRules } from '../replay/log/rules.ts';
import type { World } from '../world/world.ts';

/**
 * What must be the same however often anything crashed: the log, what was settled for every statement, every balance,
 * the supply. Keyed by the app's own ids: internal ids, accounts, blocks, gas and nonces differ from run to run.
 */
export interface EndState {
  /** By member and eventId, as the log has it. */
  readonly actions: Readonly<Record<string, string>>;
  /** By member and epoch: lines and points as the log came to, and as the chain's events settled them. */
  readonly statements: Readonly<Record<string, string>>;
  /** By member: base units, read from the contract. */
  readonly balances: Readonly<Record<string, string>>;
  /** Base units, read from the contract. */
  readonly supply: string;
}

type ReplayRules = ReturnType<typeof readRules>;

interface MemberDocument {
  readonly _id: string;
  readonly externalId: string;
  readonly account: string;
}

interface ActionDocument {
  readonly memberId: string;
  readonly kind: string;
  readonly eventId: string;
  readonly ruleId: number;
  readonly count: number;
  readonly amount: number;
  readonly occurredAtMs: number;
  readonly epoch: number;
}

interface StatementDocument {
  readonly memberId: string;
  readonly epoch: number;
  readonly lines: string;
  readonly points: number;
}

const sorted = (entries: [string, string][]): Record<string, string> =>
  Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));

/** Highest lines of every account and epoch, with what was minted for them, from the chain's own events. */
async function settledOnChain(points: Contract, rules: ReplayRules): Promise<Map<string, string>> {
  const byId = new Map(rules.map((rule) => [rule.id, rule]));
  const pointsOf = ({ lines, epoch }: PackedStatement): bigint =>
    statementPoints(byId, unpackLines(lines), epoch);
  const minted = new Map<string, bigint>();
  const settled = new Map<string, string>();
  let batch: PackedStatement[] = [];
  /** First statement of the batch at hand whose outcome was not seen yet. */
  let next = 0;
  const keyOf = ({ member, epoch }: PackedStatement): string => `${getAddress(member)}:${epoch}`;
  for (const log of await points.queryFilter('*')) {
    if (!('args' in log)) continue;
    if (log.eventName === 'BatchSettled') [batch, next] = [unpackBatch(log.args[0] as Hex), 0];
    // A batch that is sent again to a chain that fell back comes before its epoch, and is due again.
    if (log.eventName === 'Skipped') next = Number(log.args[0]) + 1;
    if (log.eventName !== 'Transfer' || log.args[0] !== ZeroAddress) continue;
    // What earns no more than was minted for it before has no outcome.
    const at = batch.findIndex(
      (one, index) => index >= next && pointsOf(one) > (minted.get(keyOf(one)) ?? 0n),
    );
    const statement = batch[at];
    if (statement === undefined || getAddress(statement.member) !== log.args[1]) {
      throw new Error('a mint belongs to no statement');
    }
    next = at + 1;
    const key = keyOf(statement);
    minted.set(key, (minted.get(key) ?? 0n) + (log.args[2] as bigint));
    settled.set(key, `${minted.get(key)} ${statement.lines}`);
  }
  return settled;
}

async function readDatabase(uri: string): Promise<{
  members: MemberDocument[];
  actions: ActionDocument[];
  statements: StatementDocument[];
}> {
  const client = await MongoClient.connect(uri);
  try {
    const all = async <T extends object>(name: string): Promise<T[]> =>
      (await client.db().collection(name).find().toArray()) as unknown as T[];
    return {
      members: await all<MemberDocument>('members'),
      actions: await all<ActionDocument>('actions'),
      statements: await all<StatementDocument>('statements'),
    };
  } finally {
    await client.close();
  }
}

/** Reads the end state past the server: with the database's own driver, and from the contract and its events. */
export async function readEndState(world: World, rules: ReplayRules): Promise<EndState> {
  const { members, actions, statements } = await readDatabase(world.databaseUri);
  const memberOf = new Map(members.map((member) => [member._id, member]));
  const member = (id: string): MemberDocument => {
    const found = memberOf.get(id);
    if (found === undefined) throw new Error(`no member ${id}`);
    return found;
  };
  const provider = new JsonRpcProvider(world.rpcUrl, undefined, { staticNetwork: true });
  try {
    const points = new Contract(world.program.address, pointsAbi, provider);
    const settled = await settledOnChain(points, rules);
    const balances = await Promise.all(
      members.map(async ({ externalId, account }): Promise<[string, string]> => {
        const balance = (await points.getFunction('balanceOf')(account)) as bigint;
        return [externalId, balance.toString()];
      }),
    );
    const supply = (await points.getFunction('totalSupply')()) as bigint;
    return {
      actions: sorted(
        actions.map((action) => [
          `${member(action.memberId).externalId} ${action.kind} ${action.eventId}`,
          JSON.stringify([
            action.ruleId,
            action.count,
            action.amount,
            action.occurredAtMs,
            action.epoch,
          ]),
        ]),
      ),
      statements: sorted(
        statements.map(({ memberId, epoch, lines, points: earned }) => {
          const { externalId, account } = member(memberId);
          const onChain = settled.get(`${account}:${epoch}`) ?? 'nothing';
          return [`${externalId} ${epoch}`, `${earned} ${lines}, on chain ${onChain}`];
        }),
      ),
      balances: sorted(balances),
      supply: supply.toString(),
    };
  } finally {
    provider.destroy();
  }
}
