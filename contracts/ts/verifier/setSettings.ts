import type { Address } from '../statement.ts';
import { Check, type CheckResult, type Place } from './check.ts';
import { buybackInterface, catalogueInterface, charterInterface } from './contractInterfaces.ts';
import { ContractReader } from './contractReader.ts';
import { shown } from './events.ts';
import type { ProgramSettings } from './programState.ts';
import type { RoundClock } from './roundClock.ts';
import type { Rpc } from './rpc.ts';

/** The modules of a program, in lower case. */
export interface Modules {
  readonly charter: Address;
  readonly buyback: Address;
  readonly catalogue: Address;
}

/** What never changes about the modules of a program. Seconds and unix seconds; addresses are in lower case. */
export interface SetSettings extends Modules, RoundClock {
  readonly noticePeriod: number;
  readonly objectionThresholdBps: number;
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

const HOUR = 3_600;
const DAY = 24 * HOUR;
/** As in `Programs.sol`. */
const BOUNDS = {
  epochLength: [HOUR, 7 * DAY],
  settlementWindow: [8, 128],
  noticePeriod: [7 * DAY, 60 * DAY],
  itemNoticePeriod: [7 * DAY, 60 * DAY],
  objectionThresholdBps: [100, 2_000],
  roundWindow: [2 * DAY, 92 * DAY],
  orderDeadline: [DAY, 60 * DAY],
} as const;
const MAX_ROUND_PERIOD = 92 * DAY;
/** The first round opens at most this long after the creation. */
const MAX_FIRST_ROUND_LEAD = 92 * DAY;
const SETTLEMENT_WINDOW_STEP = 4;

/** Reads what the modules were created with. */
export async function readSetSettings(rpc: Rpc, modules: Modules): Promise<SetSettings> {
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
  const settlementToken = await buyback.account('settlementToken');
  const [noticePeriod, objectionThresholdBps, firstRoundAt, ...others] = await numbers;
  const [roundPeriod, roundWindow, orderDeadline, itemNoticePeriod] = others;
  return {
    ...modules,
    noticePeriod,
    objectionThresholdBps,
    settlementToken,
    firstRoundAt,
    roundPeriod,
    roundWindow,
    orderDeadline,
    itemNoticePeriod,
    links: await links,
  };
}

/**
 * Whether every setting is one that the factory allows: otherwise promises could hold vacuously.
 *
 * @param createdAt Unix seconds of the block of the creation.
 */
export function checkSettings(
  settings: ProgramSettings,
  creation: Place,
  createdAt: number,
): CheckResult {
  const check = new Check(
    'settings',
    "Every setting is within the factory's bounds, and the four contracts name one another",
  );
  const within = (name: string, value: number, lowest: number, highest: number): void =>
    check.holds(
      value >= lowest && value <= highest,
      () => name,
      `${lowest} to ${highest}`,
      value,
      creation,
    );
  for (const [name, [lowest, highest]] of Object.entries(BOUNDS)) {
    within(name, settings[name as keyof typeof BOUNDS], lowest, highest);
  }
  const { startsAt, epochLength, settlementWindow, firstRoundAt, roundWindow } = settings;
  within('roundPeriod', settings.roundPeriod, roundWindow, MAX_ROUND_PERIOD);
  within('startsAt', startsAt, createdAt - epochLength + 1, createdAt);
  within('firstRoundAt', firstRoundAt, createdAt, createdAt + MAX_FIRST_ROUND_LEAD);
  const odd = settlementWindow % SETTLEMENT_WINDOW_STEP;
  check.equal(0, odd, () => `settlementWindow beyond a multiple of four epochs`, creation);
  const { noticePeriod, itemNoticePeriod } = settings;
  check.equal(noticePeriod, itemNoticePeriod, () => 'the notice of the catalogue', creation);
  for (const { what, expected, actual } of settings.links) {
    check.equal(shown(settings[expected]), shown(actual), () => what, creation);
  }
  return check.result();
}
