import type { MoneyView } from '../../services/buyback/memberMoney.ts';
import { builder, MEMBER_READERS } from '../core/builder.ts';
import { AS_OF_BLOCK, moneyOf, STALE, type OfProgram } from '../core/connection.ts';
import { MemberType } from './member.ts';

/** The rounds of a member, and one question to the chain. */
const MONEY_COST = 300;

/** Shows the money of a member. */
export const MemberMoneyType = builder.objectRef<OfProgram<MoneyView>>('MemberMoney').implement({
  description:
    'Settlement tokens of a member that the service signs for. `moneySend` sends all of them to an account of the member.',
  authScopes: MEMBER_READERS,
  fields: (t) => ({
    owed: t.field({
      type: 'Money',
      description:
        'Settlement tokens that settled rounds owe to `account` of the member. They stay in the buyback contract until `moneySend`. Source: events of the buyback contract up to `asOfBlock`.',
      resolve: ({ program, owed }) => moneyOf(program, owed),
    }),
    account: t.field({
      type: 'Money',
      nullable: true,
      description:
        'Settlement tokens that lie in `account` of the member; null while no node of the chain answers. Source: the token contract.',
      resolve: ({ program, account }) => (account === null ? null : moneyOf(program, account)),
    }),
    asOfBlock: t.expose('asOfBlock', { type: 'UInt', description: AS_OF_BLOCK }),
    stale: t.exposeBoolean('stale', { description: STALE }),
  }),
});

builder.objectField(MemberType, 'money', (t) =>
  t.field({
    extensions: { cost: MONEY_COST },
    type: MemberMoneyType,
    authScopes: MEMBER_READERS,
    description:
      'Money of the member for points that were bought back, while the service signs for it.',
    resolve: async (member, _args, { memberMoney, program }) => ({
      ...(await memberMoney.of(program, member)),
      program,
    }),
  }),
);
