import type { Address } from '@dewpoint/contracts/statement.ts';
import { ServiceError } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import type { TransactionGateway } from '../../ports/chain/chain.ts';
import { operatorAccount, type Signer } from '../../ports/chain/signer.ts';
import type { ProgramViews } from '../../ports/chain/programViews.ts';

/** The account that is the operator of a program on chain, and what it has. */
export interface OperatorAccount {
  readonly address: Address;
  /** Base units of the settlement token. */
  readonly money: bigint;
  /** Wei, to pay for transactions of its own; those that the service sends for it need none. */
  readonly gas: bigint;
  /** Account that the role is offered to and that has not accepted it; null for none. */
  readonly offeredTo: Address | null;
  /** Account whose key the service has for the organisation: the operator before a hand-over. */
  readonly ofService: Address;
}

const NOBODY: Address = `0x${'0'.repeat(40)}`;

/** Reads the operator's account from the chain; null while no node answers. */
export type ReadOperatorAccount = (program: Program) => Promise<OperatorAccount | null>;

export function createReadOperatorAccount(deps: {
  views: Pick<ProgramViews, 'operator' | 'offeredOperator' | 'moneyOf'>;
  gateway: Pick<TransactionGateway, 'balance'>;
  signer: Pick<Signer, 'addressOf'>;
}): ReadOperatorAccount {
  return async (program) => {
    try {
      const [address, offered] = await Promise.all([
        deps.views.operator(program),
        deps.views.offeredOperator(program),
      ]);
      const [money, gas] = await Promise.all([
        deps.views.moneyOf(program, address),
        deps.gateway.balance(address),
      ]);
      const ofService = deps.signer.addressOf(operatorAccount(program.organisationId));
      return { address, money, gas, offeredTo: offered === NOBODY ? null : offered, ofService };
    } catch (error) {
      if (error instanceof ServiceError && error.code === 'CHAIN_UNAVAILABLE') return null;
      throw error;
    }
  };
}
