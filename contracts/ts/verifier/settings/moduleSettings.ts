import {
  buybackInterface,
  catalogueInterface,
  charterInterface,
} from '../../contractInterfaces.ts';
import type { Address } from '../../statement.ts';
import { ContractReader } from '../rpc/contractReader.ts';
import type { Rpc } from '../rpc/rpc.ts';
import type { RoundClock } from './roundClock.ts';

/** The modules of a program, in lower case. */
export interface Modules {
  readonly charter: Address;
  readonly buyback: Address;
  readonly catalogue: Address;
}

/** What never changes about the modules of a program. Seconds and unix seconds; addresses are in lower case. */
export interface ModuleSettings extends Modules, RoundClock {
  readonly noticePeriod: number;
  readonly objectionThresholdBps: number;
  /** Base units of points that always strike a change down. */
  readonly objectionCap: bigint;
  readonly settlementToken: Address;
  readonly orderDeadline: number;
  /** The notice of the catalogue's price rises. */
  readonly itemNoticePeriod: number;
  /** Which contracts the modules take for their program's: name and address of each such link. */
  readonly links: readonly Link[];
}

interface Link {
  readonly what: string;
  readonly expected: keyof Modules | 'program' | 'forwarder';
  readonly actual: Address;
}

/** Reads what the modules were created with. */
export async function readModuleSettings(rpc: Rpc, modules: Modules): Promise<ModuleSettings> {
  const charter = new ContractReader(rpc, modules.charter, charterInterface);
  const buyback = new ContractReader(rpc, modules.buyback, buybackInterface);
  const catalogue = new ContractReader(rpc, modules.catalogue, catalogueInterface);
  const link = async (
    reader: ContractReader,
    what: string,
    name: string,
    expected: Link['expected'],
  ): Promise<Link> => ({ what, expected, actual: await reader.account(name) });
  const links = Promise.all([
    link(charter, 'the points of the charter', 'points', 'program'),
    link(charter, 'the buyback of the charter', 'buyback', 'buyback'),
    link(charter, 'the forwarder of the charter', 'trustedForwarder', 'forwarder'),
    link(buyback, 'the points of the buyback', 'points', 'program'),
    link(buyback, 'the charter of the buyback', 'charter', 'charter'),
    link(buyback, 'the forwarder of the buyback', 'trustedForwarder', 'forwarder'),
    link(catalogue, 'the points of the catalogue', 'points', 'program'),
    link(catalogue, 'the forwarder of the catalogue', 'trustedForwarder', 'forwarder'),
  ]);
  const numbers = Promise.all([
    charter.number('noticePeriod'),
    charter.number('objectionThresholdBps'),
    buyback.number('firstRoundAt'),
    buyback.number('period'),
    buyback.number('window'),
    catalogue.number('orderDeadline'),
    catalogue.number('noticePeriod'),
  ]);
  const objectionCap = charter.amount('objectionCap');
  const settlementToken = await buyback.account('settlementToken');
  const [noticePeriod, objectionThresholdBps, firstRoundAt, ...others] = await numbers;
  const [roundPeriod, roundWindow, orderDeadline, itemNoticePeriod] = others;
  return {
    ...modules,
    noticePeriod,
    objectionThresholdBps,
    objectionCap: await objectionCap,
    settlementToken,
    firstRoundAt,
    roundPeriod,
    roundWindow,
    orderDeadline,
    itemNoticePeriod,
    links: await links,
  };
}
