import { createHmac } from 'node:crypto';
import { catalogueAbi } from '@dewpoint/contracts/abi/catalogueAbi.ts';
import { pointsAbi } from '@dewpoint/contracts/abi/pointsAbi.ts';
import { Interface, JsonRpcProvider, ZeroAddress } from 'ethers';
import { MongoClient } from 'mongodb';
import type { Received } from '@dewpoint/server/testing/webhooks/receiver.ts';
import type { LiveWorld } from './liveWorld.ts';

const HOUR_MS = 3_600_000;

async function inDatabase<T>(
  { world }: Pick<LiveWorld, 'world'>,
  read: (all: <D>(collection: string, filter?: object) => Promise<D[]>) => Promise<T>,
): Promise<T> {
  const client = await MongoClient.connect(world.databaseUri);
  try {
    return await read(async <D>(collection: string, filter: object = {}) => {
      const found = await client.db().collection(collection).find(filter).toArray();
      return found as unknown as D[];
    });
  } finally {
    await client.close();
  }
}

/** An hour of the ledger of what is billed. */
export interface BilledHour {
  readonly hour: number;
  readonly state: string;
  /** As the ledger has it, as the log of actions has it, and as Stripe has it. */
  readonly ledger: number;
  readonly logged: number;
  readonly billed: number;
  /** Events that Stripe has counted under the identifier. */
  readonly events: number;
}

/** Reads the ledger past the service. Oldest first. */
export const billedHours = (live: LiveWorld): Promise<BilledHour[]> =>
  inDatabase(live, async (all) => {
    const entries = await all<{ _id: string; hour: number; count: number; state: string }>(
      'meterHours',
    );
    const actions = await all<{ loggedAtMs: number }>('actions', { kind: 'action' });
    const logged = new Map<number, number>();
    for (const { loggedAtMs } of actions) {
      const hour = Math.floor(loggedAtMs / HOUR_MS);
      logged.set(hour, (logged.get(hour) ?? 0) + 1);
    }
    const { meterEvents } = live.stripe.state;
    return entries
      .map(({ _id: id, hour, count: ledger, state }) => ({
        ...{ hour, state, ledger, logged: logged.get(hour) ?? 0 },
        billed: live.stripe.state.countedUnder(id),
        events: meterEvents.filter(({ identifier }) => identifier === id).length,
      }))
      .sort((a, b) => a.hour - b.hour);
  });

/** Deliveries that are not taken yet, by state. */
export const openDeliveries = (live: LiveWorld): Promise<number> =>
  inDatabase(
    live,
    async (all) => (await all('webhookDeliveries', { state: { $ne: 'DELIVERED' } })).length,
  );

/** An event that the chain has, and the app is to be told of. */
interface Durable {
  readonly kind: 'points.settled' | 'item.added';
  readonly transaction: string;
  readonly block: number;
  /** Who it happened to; null for an item. */
  readonly account: string | null;
  /** Base units of points, or the number of the item. */
  readonly value: bigint;
}

async function durableEvents({ world }: LiveWorld): Promise<Durable[]> {
  const provider = new JsonRpcProvider(world.rpcUrl, undefined, { staticNetwork: true });
  const [points, catalogue] = [new Interface(pointsAbi), new Interface(catalogueAbi)];
  try {
    // There is one program on this chain. Its settlement token mints as well.
    const logs = await provider.getLogs({ fromBlock: 0 });
    return logs.flatMap((log): Durable[] => {
      const at = { transaction: log.transactionHash, block: log.blockNumber };
      if (log.address === world.program.address) {
        const found = points.parseLog(log);
        if (found?.name !== 'Transfer' || found.args[0] !== ZeroAddress) return [];
        const [account, value] = [found.args[1] as string, found.args[2] as bigint];
        return [{ ...at, kind: 'points.settled', account, value }];
      }
      if (log.topics[0] !== catalogue.getEvent('ItemAdded')?.topicHash) return [];
      const value = catalogue.parseLog(log)?.args[0] as bigint;
      return [{ ...at, kind: 'item.added', account: null, value }];
    });
  } finally {
    provider.destroy();
  }
}

interface ToldData {
  readonly sequence: number;
  readonly memberId: string | null;
  readonly account: string | null;
  readonly block: number | null;
  readonly transaction: string | null;
  readonly points?: string;
  readonly item?: number;
}
const dataOf = ({ data }: Received): ToldData => data as unknown as ToldData;
const subjectOf = (delivery: Received): string => dataOf(delivery).account ?? 'program';

/** Tells whether the secret signed a delivery (Standard Webhooks). */
function isSigned({ id, body, headers }: Received, secret: string): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const signed = `${id}.${String(headers['webhook-timestamp'])}.${body}`;
  const signature = `v1,${createHmac('sha256', key).update(signed).digest('base64')}`;
  return String(headers['webhook-signature']).split(' ').includes(signature);
}

/** What an app can say of all that came to it, by itself. @returns what is wrong */
export function faultsOfDeliveries(received: readonly Received[], secret: string): string[] {
  const faults: string[] = [];
  const bodies = new Map<string, string>();
  const sequences = new Map<string, Map<number, string>>();
  const arrived = new Map<string, number[]>();
  for (const delivery of received) {
    const { id, body, headers } = delivery;
    if (!isSigned(delivery, secret)) faults.push(`${id}: not signed`);
    if (headers['webhook-id'] !== id) faults.push(`${id}: another id in its header`);
    const known = bodies.get(id);
    if (known !== undefined && known !== body) faults.push(`${id}: ${known} and ${body}`);
    if (known !== undefined) continue;
    bodies.set(id, body);
    const subject = subjectOf(delivery);
    const { sequence } = dataOf(delivery);
    const own = sequences.get(subject) ?? new Map<number, string>();
    const other = own.get(sequence);
    if (other !== undefined) faults.push(`${subject}: ${sequence} is of ${other} and ${id}`);
    sequences.set(subject, own.set(sequence, id));
    arrived.set(subject, [...(arrived.get(subject) ?? []), sequence]);
  }
  for (const [subject, numbers] of arrived) {
    const wanted = numbers.map((_number, at) => at + 1);
    // First attempts come in this order, and none is left out.
    if (JSON.stringify(numbers) !== JSON.stringify(wanted)) {
      faults.push(`${subject}: ${numbers.join(' ')}`);
    }
  }
  return faults;
}

/**
 * Compares what the app took with what the chain has.
 *
 * @param lost Tells whether a block was lost: what was told of it may have come out otherwise when it was mined again.
 * @returns what is missing or wrong, and how many events were compared
 */
export async function missingEvents(
  live: LiveWorld,
  taken: readonly Received[],
  lost: (block: number) => boolean,
): Promise<{ readonly missing: string[]; readonly compared: number }> {
  const keyOf = (kind: string, transaction: string | null, account: string | null): string =>
    `${kind} ${transaction} ${account}`;
  const told = new Map<string, Received>();
  for (const delivery of taken) {
    const { transaction, account } = dataOf(delivery);
    told.set(keyOf(delivery.type, transaction, account), delivery);
  }
  const durable = await durableEvents(live);
  const missing = durable.flatMap((event) => {
    const key = keyOf(event.kind, event.transaction, event.account);
    const delivery = told.get(key);
    if (delivery === undefined) return [`${key} of block ${event.block} is missing`];
    const { block, points, item } = dataOf(delivery);
    if (block === null || lost(block)) return [];
    const value = points === undefined ? BigInt(item ?? 0) : BigInt(points.replace('.', ''));
    const isRight = block === event.block && value === event.value;
    return isRight ? [] : [`${key}: ${delivery.body}, and ${event.value} in ${event.block}`];
  });
  return { missing, compared: durable.length };
}
