import type { ProgramFactory } from '../../ports/chain/programViews.ts';
import type { Deployment } from './deployment.ts';

const MS_PER_SECOND = 1_000;

/** Creates the factory of programs. */
export function createProgramFactory(deployment: Deployment): ProgramFactory {
  return {
    prepare: async ({ organisationId, choices, settlementToken, discriminator }) => {
      const [first, second] = choices.opening;
      if (first === undefined) throw new RangeError('a program opens with a rule set');
      const { call, contracts, exists } = await deployment.prepareProgram({
        organisationId,
        name: choices.name,
        symbol: choices.symbol,
        startsAtMs: choices.startsAtMs,
        epochLengthMs: choices.epochSeconds * MS_PER_SECOND,
        settlementWindow: choices.settlementWindow,
        transferable: choices.transferable,
        backed: choices.backed,
        opening: second === undefined ? [first] : [first, second],
        noticePeriodMs: choices.noticeSeconds * MS_PER_SECOND,
        objectionThresholdBps: choices.objectionThresholdBps,
        objectionCap: choices.objectionCap,
        settlementToken,
        firstRoundAtMs: choices.firstRoundAtMs,
        roundPeriodMs: choices.roundPeriodSeconds * MS_PER_SECOND,
        roundWindowMs: choices.roundWindowSeconds * MS_PER_SECOND,
        buybackTerms: choices.buyback,
        orderDeadlineMs: choices.orderDeadlineSeconds * MS_PER_SECOND,
        discriminator,
      });
      return { call, points: contracts.points, exists };
    },
    createdIn: (transactionHash) => deployment.programCreatedIn(transactionHash),
    read: (points, organisationId) => deployment.readProgram(points, organisationId),
  };
}
