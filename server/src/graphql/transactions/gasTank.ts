import { formatMoney } from '../../domain/money.ts';
import type { LaneTank } from '../../services/transactions/gasTank.ts';
import { builder } from '../core/builder.ts';

const ONLY_OPERATORS = { 'organisation:read': true } as const;
/** As many lanes as there can be. */
const MAX_SHOWN = 8;
const ETHER_DECIMALS = 18;

const ether = (units: bigint): string => formatMoney({ units, decimals: ETHER_DECIMALS });

const LaneTankType = builder.objectRef<LaneTank>('GasTank').implement({
  description:
    'Account of the service that sends transactions of a chain and pays for their gas. Source: the chain.',
  authScopes: ONLY_OPERATORS,
  fields: (t) => ({
    account: t.expose('account', { type: 'Address', description: 'The account.' }),
    balance: t.string({
      description: 'What the account has, in whole coins of the chain with 18 decimals.',
      resolve: ({ balanceWei }) => ether(balanceWei),
    }),
    lowBelow: t.string({
      description:
        'Balance below which the account is low: what the gas of `DEWPOINT_LOW_GAS` costs at present, in whole coins of the chain with 18 decimals.',
      resolve: ({ lowBelowWei }) => ether(lowBelowWei),
    }),
    low: t.exposeBoolean('low', {
      description: 'Whether the account should be sent coins soon: without any, nothing is sent.',
    }),
  }),
});

builder.queryField('gasTank', (t) =>
  t.field({
    extensions: { cost: 40, rows: MAX_SHOWN },
    type: [LaneTankType],
    authScopes: ONLY_OPERATORS,
    description:
      'Returns the accounts that pay for gas on the chain of the request: of its program, or else of its environment. Errors: CHAIN_UNAVAILABLE.',
    resolve: (_root, _args, { gasTank }) => gasTank.read(),
  }),
);
