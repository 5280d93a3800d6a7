import { buybackAbi } from '@dewpoint/contracts/abi/buybackAbi.ts';
import { catalogueAbi } from '@dewpoint/contracts/abi/catalogueAbi.ts';
import { charterAbi } from '@dewpoint/contracts/abi/charterAbi.ts';
import { localMoneyAbi } from '@dewpoint/contracts/abi/localMoneyAbi.ts';
import { pointsAbi } from '@dewpoint/contracts/abi/pointsAbi.ts';
import { programsAbi } from '@dewpoint/contracts/abi/programsAbi.ts';
import type { ProgramContracts } from '@dewpoint/contracts/deploy.ts';
import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { Contract, Interface, ZeroHash, type InterfaceAbi, type Log, type Provider } from 'ethers';
import { programIdOf, type Program } from '../../domain/program.ts';
import { RpcError } from '../rpc/rpc.ts';
import { callInside } from '../transactions/forwarding.ts';

const MS_PER_SECOND = 1_000;
const programsInterface = new Interface(programsAbi);

/** Calls views of one contract. */
function viewsOf(provider: Provider, address: Address, abi: InterfaceAbi) {
  const contract = new Contract(address, abi, provider);
  const view = async (name: string): Promise<unknown> => contract.getFunction(name)();
  return {
    text: async (name: string) => String(await view(name)),
    address: async (name: string) => (await view(name)) as Address,
    number: async (name: string) => Number(await view(name)),
    amount: async (name: string) => (await view(name)) as bigint,
    ms: async (name: string) => Number(await view(name)) * MS_PER_SECOND,
    truth: async (name: string) => (await view(name)) === true,
  };
}

/** The salt of a program that was created by this transaction, by itself or through the forwarder; zero for what is neither. */
async function saltOf(provider: Provider, transactionHash: string): Promise<Hex> {
  const transaction = await provider.getTransaction(transactionHash);
  const data = callInside((transaction?.data ?? '0x') as Hex);
  const creation = programsInterface.parseTransaction({ data });
  return creation?.name === 'create' ? (creation.args.getValue('salt') as Hex) : (ZeroHash as Hex);
}

/** Most programs are read right after their creation; nodes give 500 blocks of logs at least. */
const FIRST_SPAN = 500;
/** A node that gives more is asked for more, so that an old program of a long chain takes some dozens of requests. */
const LARGEST_SPAN = 1_000_000;

/** The log of a creation: looked for from the head backwards, in ranges of the size that the node gives. */
async function creationLog(
  provider: Provider,
  factory: Address,
  points: Address,
): Promise<Log | null> {
  const topics = programsInterface.encodeFilterTopics('ProgramCreated', [points]);
  let span = FIRST_SPAN;
  let largest = LARGEST_SPAN;
  for (let toBlock = await provider.getBlockNumber(); toBlock >= 0;) {
    const fromBlock = Math.max(0, toBlock - span + 1);
    try {
      const [log] = await provider.getLogs({ address: factory, topics, fromBlock, toBlock });
      if (log !== undefined) return log;
      toBlock = fromBlock - 1;
      span = Math.min(largest, span * 2);
    } catch (error) {
      // There is no common code for "too many blocks"; what fails for one block fails for another reason.
      if (!(error instanceof RpcError) || span === 1) throw error;
      span = Math.ceil(span / 2);
      largest = span;
    }
  }
  return null;
}

/** The contracts that `factory` created together with `points`, in which block, and with which salt. */
async function creationOf(
  provider: Provider,
  factory: Address,
  points: Address,
): Promise<{
  readonly log: Log;
  readonly atMs: number;
  readonly contracts: ProgramContracts;
  readonly salt: Hex;
}> {
  const log = await creationLog(provider, factory, points);
  const event = log === null ? null : programsInterface.parseLog(log);
  if (log === null || event === null) {
    throw new Error(`${points} was not created by ${factory}`);
  }
  const at = (name: string): Address => event.args.getValue(name) as Address;
  const contracts = {
    points: at('points'),
    charter: at('charter'),
    buyback: at('buyback'),
    catalogue: at('catalogue'),
  };
  const block = await provider.getBlock(log.blockNumber);
  if (block === null) throw new Error(`block ${log.blockNumber}, which created ${points}, is gone`);
  const atMs = block.timestamp * MS_PER_SECOND;
  return { log, atMs, contracts, salt: await saltOf(provider, log.transactionHash) };
}

/** Reads a program from its contracts, without the terms, which the indexer reads from their events. */
export async function readProgram(
  provider: Provider,
  chainId: number,
  factory: Address,
  address: Address,
): Promise<Omit<Program, 'organisationId' | 'environment'>> {
  const { log, atMs, contracts, salt } = await creationOf(provider, factory, address);
  const points = viewsOf(provider, contracts.points, pointsAbi);
  const charter = viewsOf(provider, contracts.charter, charterAbi);
  const buyback = viewsOf(provider, contracts.buyback, buybackAbi);
  const catalogue = viewsOf(provider, contracts.catalogue, catalogueAbi);
  const tokenAddress = await buyback.address('settlementToken');
  const token = viewsOf(provider, tokenAddress, localMoneyAbi);
  return {
    id: programIdOf({ chainId, address: contracts.points }),
    chainId,
    address: contracts.points,
    charter: contracts.charter,
    buyback: contracts.buyback,
    catalogue: contracts.catalogue,
    forwarder: await points.address('trustedForwarder'),
    recorderLabel: salt,
    name: await points.text('name'),
    symbol: await points.text('symbol'),
    startsAtMs: await points.ms('startsAt'),
    epochLengthMs: await points.ms('epochLength'),
    settlementWindow: await points.number('settlementWindow'),
    transferable: await points.truth('transferable'),
    backed: await points.truth('backed'),
    noticePeriodMs: await charter.ms('noticePeriod'),
    objectionThresholdBps: await charter.number('objectionThresholdBps'),
    objectionCap: await charter.amount('objectionCap'),
    settlementToken: {
      address: tokenAddress,
      // Some tokens have no readable symbol, and one without decimals counts in base units.
      symbol: await token.text('symbol').catch(() => tokenAddress),
      decimals: await token.number('decimals').catch(() => 0),
    },
    firstRoundAtMs: await buyback.ms('firstRoundAt'),
    roundPeriodMs: await buyback.ms('period'),
    roundWindowMs: await buyback.ms('window'),
    orderDeadlineMs: await catalogue.ms('orderDeadline'),
    createdAtBlock: log.blockNumber,
    createdAtMs: atMs,
    createdBy: log.transactionHash as Hex,
    ruleSets: [],
    buybackTerms: [],
  };
}
