import { builder } from '../core/builder.ts';

/** Names what became of an action, or of an entry of the history. */
export const HistoryStateEnum = builder.enumType('HistoryState', {
  description: 'What became of an action, or of the actions of an entry of the history.',
  values: {
    MATURING: { description: 'The actions do not count yet and can be voided.' },
    PENDING: {
      description: 'The actions count, and the contract has not minted all of their points.',
    },
    SETTLED: { description: 'The contract has minted the points.' },
    LAPSED: {
      description: 'The settlement window of the epoch closed before all points were minted.',
    },
    REFUSED: { description: 'The contract refused the statement for a reason that is permanent.' },
    RULE_NOT_IN_FORCE: {
      description:
        'The rule had lapsed, or was not in force yet, in this epoch: the actions earn nothing.',
    },
    VOIDED: {
      description:
        'The action was voided before it matured and earns nothing; `eventId`, `reason` and `voidedAt` say which, why and when.',
    },
  } as const,
});
