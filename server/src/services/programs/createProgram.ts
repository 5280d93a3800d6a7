import type { Address } from '@dewpoint/contracts/statement.ts';
import { showPoints } from '../../domain/amounts.ts';
import { InputRefused, refuseIfAny } from '../../domain/errors.ts';
import { formatMoney } from '../../domain/money.ts';
import { programIdOf, type Program, type SettlementToken } from '../../domain/program.ts';
import {
  checkProgramChoices,
  checkProgramTimes,
  type ProgramChoices,
} from '../../domain/programs/programSettings.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { ProgramFactory, ProgramViews } from '../../ports/chain/programCalls.ts';
import type { MemberWallets } from '../members/memberWallets.ts';
import { readBuybackTerms, type BuybackTermsText } from '../terms/announceChange.ts';
import {
  checkIdempotencyKey,
  keyWithin,
  type Written,
  type ContractWriter,
} from '../transactions/contractWriter.ts';
import type { Programs } from './programs.ts';

/** What an operator chooses, with money as decimal strings. */
export type ProgramInput = Omit<ProgramChoices, 'buyback'> & {
  readonly settlementToken: Address;
  readonly buyback: BuybackTermsText;
  readonly idempotencyKey: string;
};

export interface CreatedProgram extends Written {
  /** Null until it is mined. Its rules come with the reader, a moment later. */
  readonly created: Program | null;
}

/** The program is there, and which transaction created it is not known any more. */
const LONG_DONE: Written = { transaction: null, call: null };

export interface CreateProgram {
  /**
   * Creates a program with the operator's key: every bound is checked, then the call is tried, and only then sent. The
   * same key and settings find the same program again.
   *
   * @param program Of the caller, whose transaction it is.
   * @throws InputRefused with every field that is out of its bounds
   */
  create(program: Program, input: ProgramInput): Promise<CreatedProgram>;
}

export function createCreateProgram(deps: {
  writer: ContractWriter;
  memberWallets: Pick<MemberWallets, 'address'>;
  factory: ProgramFactory;
  views: Pick<ProgramViews, 'token'>;
  programs: Pick<Programs, 'register' | 'get'>;
  clock: ChainClock;
}): CreateProgram {
  const { writer, factory, views, programs, clock } = deps;

  const tokenAt = async (given: Address): Promise<SettlementToken> => {
    const address = deps.memberWallets.address('settlementToken', given);
    const token = await views.token(address);
    if (token !== null) return token;
    throw new InputRefused([
      {
        code: 'NOT_A_TOKEN',
        field: 'settlementToken',
        message: `settlementToken is ${address}; it must be an ERC-20 contract with decimals on this chain.`,
      },
    ]);
  };

  /** What is wrong at any time, and what is wrong now. */
  async function judge(choices: ProgramChoices, decimals: number): Promise<InputRefused | null> {
    const { nowMs } = await clock.now();
    const money = (units: bigint): string => formatMoney({ units, decimals });
    const always = checkProgramChoices(choices, { money, points: showPoints });
    const now = checkProgramTimes(choices, nowMs);
    if (always.length > 0) throw new InputRefused([...always, ...now]);
    return now.length > 0 ? new InputRefused(now) : null;
  }

  const register = async (chainId: number, points: Address): Promise<Program> =>
    (await programs.get(programIdOf({ chainId, address: points }))) ??
    programs.register(await factory.read(points));

  return {
    create: async (program, { settlementToken, buyback, idempotencyKey, ...chosen }) => {
      refuseIfAny([checkIdempotencyKey(idempotencyKey)]);
      const token = await tokenAt(settlementToken);
      const choices = { ...chosen, buyback: readBuybackTerms('buyback', buyback, token) };
      const untimely = await judge(choices, token.decimals);
      const discriminator = keyWithin(program.id, idempotencyKey);
      const prepared = { choices, settlementToken: token.address, discriminator };
      const { call, points, exists } = await factory.prepare(prepared);
      // One that is there was in time; repeating its creation is no error a day later.
      if (untimely !== null && !exists) throw untimely;
      const by = { role: 'OPERATOR' } as const;
      const written = await writer
        .write({ kind: 'programCreate', program, by, call, idempotencyKey })
        .catch((error: unknown) => {
          const isThere =
            error instanceof InputRefused && error.refusals[0]?.code === 'PROGRAM_EXISTS';
          if (exists && isThere) return LONG_DONE;
          throw error;
        });
      const isThere = exists || written.transaction?.status === 'MINED';
      return { ...written, created: isThere ? await register(program.chainId, points) : null };
    },
  };
}
