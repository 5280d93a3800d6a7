import { builder, ofOwnProgram } from '../core/builder.ts';
import { moneyOf, type OfProgram } from '../core/connection.ts';
import type { OperatorAccount } from '../../services/programs/operatorAccounts.ts';
import { ProgramType } from './program.ts';

/** Four questions to the chain. */
const OPERATOR_ACCOUNT_COST = 200;

const OperatorAccountType = builder
  .objectRef<OfProgram<OperatorAccount>>('OperatorAccount')
  .implement({
    description: 'Account that runs a program. Source: the contracts, now.',
    authScopes: { 'program:read': true },
    fields: (t) => ({
      address: t.expose('address', {
        type: 'Address',
        description: 'Operator of the Points contract.',
      }),
      money: t.field({
        type: 'Money',
        description: 'Settlement tokens in it, which `reserveDeposit` can put into the reserve.',
        resolve: ({ program, money }) => moneyOf(program, money),
      }),
      gas: t.string({
        description:
          'What it has for gas, in wei, as a decimal string. The service pays for what it sends; only a wallet of the operator needs some.',
        resolve: ({ gas }) => gas.toString(),
      }),
      ofService: t.expose('ofService', {
        type: 'Address',
        description:
          'Account whose key the service has: the operator of a program that was not handed over, and the one to hand it back to.',
      }),
      offeredTo: t.expose('offeredTo', {
        type: 'Address',
        nullable: true,
        description:
          'Account that the role is offered to by `operatorOffer` and that has not accepted it; null for none.',
      }),
    }),
  });

builder.objectField(ProgramType, 'operatorAccount', (t) =>
  t.field({
    extensions: { cost: OPERATOR_ACCOUNT_COST },
    type: OperatorAccountType,
    nullable: true,
    authScopes: ofOwnProgram('program:read'),
    description: 'Account that runs the program; null while no node of the chain answers.',
    resolve: async (program, _args, { on }) => {
      const found = await on(program).operatorAccount(program);
      return found === null ? null : { ...found, program };
    },
  }),
);
