import type { Program } from '../domain/program.ts';

const DAY_MS = 86_400_000;

/** A program that is on no chain, for tests of what does not ask one. Epochs of a day from 1970 on. */
export const INVENTED_PROGRAM: Program = {
  id: 'prg_0000000000000001',
  chainId: 31_337,
  address: '0x5FbDB2315678afecb367f032d93F642f64180aa3',
  charter: '0xe7f1725E7734CE288F8367e1Bb143E90bb3F0512',
  buyback: '0x9fE46736679d2D9a65F0992F2272dE9f3c7fa6e0',
  catalogue: '0xCf7Ed3AccA5a467e9e704C703E8D87F634fB0Fc9',
  forwarder: '0xDc64a140Aa3E981100a9becA4E685f962f0cF6C9',
  name: 'Test',
  symbol: 'T',
  startsAtMs: 0,
  epochLengthMs: DAY_MS,
  settlementWindow: 40,
  transferable: true,
  noticePeriodMs: 7 * DAY_MS,
  objectionThresholdBps: 500,
  settlementToken: {
    address: '0x5FC8d32690cc91D4c39d9d3abcBD16989F875707',
    symbol: 'LD',
    decimals: 6,
  },
  firstRoundAtMs: 3 * DAY_MS,
  roundPeriodMs: 28 * DAY_MS,
  roundWindowMs: 7 * DAY_MS,
  orderDeadlineMs: 7 * DAY_MS,
  createdAtBlock: 1,
  ruleSets: [],
  buybackTerms: [],
};
