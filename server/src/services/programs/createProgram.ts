import type { Address } from '@dewpoint/contracts/statement.ts';
import { showPoints } from '../../domain/amounts.ts';
import { UserError, refuseIfAny } from '../../domain/errors.ts';
import { formatMoney } from '../../domain/money.ts';
import { programIdOf, type Program, type SettlementToken } from '../../domain/program.ts';
import {
  checkProgramChoices,
  checkProgramTimes,
  type ProgramChoices,
} from '../../domain/programs/programSettings.ts';
import type { ChainClock } from '../../ports/chain/clock.ts';
import type { ProgramFactory, ProgramViews } from '../../ports/chain/programViews.ts';
import type { Documents } from '../terms/documents.ts';
import type { MemberWallets } from '../members/memberWallets.ts';
import { readBuybackTerms, type BuybackTermsText } from '../terms/announceChange.ts';
import {
  checkIdempotencyKey,
  keyWithin,
  type ContractWriter,
  type WriteRequest,
  type Written,
} from '../transactions/contractWriter.ts';
import type { Programs } from './programs.ts';

/** Settings and terms of a new program, with money as decimal strings. */
export type ProgramInput = Omit<ProgramChoices, 'buyback'> & {
  readonly settlementToken: Address;
  readonly buyback: BuybackTermsText;
};

export interface CreatedProgram extends Written {
  /** Null until it is mined. The indexer reads its rules a moment later. */
  readonly created: Program | null;
  /** Address of its Points contract, whether it is there or not. */
  readonly points: Address;
}

/** The program is there, and which transaction created it is not known any more. */
const LONG_DONE: Written = { transaction: null, call: null };
const NOTHING_SENT: Written = { transaction: null, call: null };

interface Deps {
  readonly chainId: number;
  readonly writer: ContractWriter;
  readonly memberWallets: Pick<MemberWallets, 'address'>;
  readonly factory: ProgramFactory;
  readonly views: Pick<ProgramViews, 'token'>;
  readonly programs: Pick<Programs, 'register' | 'get'>;
  readonly documents: Pick<Documents, 'checkStored'>;
  readonly clock: ChainClock;
}

async function tokenAt({ memberWallets, views }: Deps, given: Address): Promise<SettlementToken> {
  const address = memberWallets.address('settlementToken', given);
  const token = await views.token(address);
  if (token !== null) return token;
  throw new UserError({
    code: 'NOT_A_TOKEN',
    field: 'settlementToken',
    message: `settlementToken is ${address}; it must be an ERC-20 contract with decimals on this chain.`,
  });
}

/** Refuses what is always wrong. @returns refusals of what is wrong only now */
async function judge(
  clock: ChainClock,
  choices: ProgramChoices,
  decimals: number,
): Promise<UserError | null> {
  const { nowMs } = await clock.now();
  const money = (units: bigint): string => formatMoney({ units, decimals });
  const always = checkProgramChoices(choices, { money, points: showPoints });
  const now = checkProgramTimes(choices, nowMs);
  if (always.length > 0) throw new UserError([...always, ...now]);
  return now.length > 0 ? new UserError(now) : null;
}

async function register(
  { programs, factory, chainId }: Deps,
  organisationId: string,
  points: Address,
): Promise<Program> {
  const known = await programs.get(programIdOf({ chainId, address: points }));
  return known ?? programs.register(await factory.read(points, organisationId));
}

/**
 * Creates a program with the operator key of an organisation, after every bound is checked and the call is simulated. The same key and
 * settings return the same program again.
 *
 * @param options.dryRun Checks and simulates, and creates nothing.
 * @throws UserError with every field that is out of its bounds
 */
export async function createProgram(
  deps: Deps,
  organisationId: string,
  request: WriteRequest<null>,
  { settlementToken, buyback, ...chosen }: ProgramInput,
  { dryRun = false }: { readonly dryRun?: boolean } = {},
): Promise<CreatedProgram> {
  const { idempotencyKey } = request;
  refuseIfAny([checkIdempotencyKey(idempotencyKey)]);
  const token = await tokenAt(deps, settlementToken);
  const choices = { ...chosen, buyback: readBuybackTerms('buyback', buyback, token) };
  const untimely = await judge(deps.clock, choices, token.decimals);
  const unreadable = chosen.opening.map(({ documentHash }, index) =>
    deps.documents.checkStored(
      { organisationId, ruleSets: [] },
      `opening[${index}].documentHash`,
      documentHash,
    ),
  );
  refuseIfAny(await Promise.all(unreadable));
  const discriminator = keyWithin(organisationId, idempotencyKey);
  const prepared = { organisationId, choices, settlementToken: token.address, discriminator };
  const { call, points, exists } = await deps.factory.prepare(prepared);
  // One that is there was in time; repeating its creation is no error a day later.
  if (untimely !== null && !exists) throw untimely;
  const by = { role: 'OPERATOR', organisation: organisationId } as const;
  if (dryRun) {
    await deps.writer.simulate(request, by, call);
    return { ...NOTHING_SENT, created: null, points };
  }
  const written = await deps.writer.write(request, by, call).catch((error: unknown) => {
    const isThere = error instanceof UserError && error.refusals[0]?.code === 'PROGRAM_EXISTS';
    if (exists && isThere) return LONG_DONE;
    throw error;
  });
  const isThere = exists || written.transaction?.status === 'MINED';
  return {
    ...written,
    points,
    created: isThere ? await register(deps, organisationId, points) : null,
  };
}
