import { GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { builder } from './core/builder.ts';
import { boundTexts } from './limits/answerSize.ts';
import './actions/actionsRecord.ts';
import './actions/actionsVoid.ts';
import './actions/anchor.ts';
import './buyback/reserveDeposit.ts';
import './buyback/reserveWithdraw.ts';
import './buyback/roundClaim.ts';
import './buyback/roundSettle.ts';
import './buyback/roundTender.ts';
import './buyback/roundUntender.ts';
import './catalogue/itemAdd.ts';
import './catalogue/itemPriceSet.ts';
import './catalogue/itemRedeem.ts';
import './catalogue/itemStockAdd.ts';
import './catalogue/itemWithdraw.ts';
import './catalogue/itemWithdrawalCancel.ts';
import './catalogue/orderFulfil.ts';
import './catalogue/orderRefund.ts';
import './members/accountMove.ts';
import './members/member.ts';
import './members/memberConnections.ts';
import './members/money.ts';
import './members/moneySend.ts';
import './programs/operatorOffer.ts';
import './programs/program.ts';
import './programs/programConnections.ts';
import './programs/programCreate.ts';
import './statements/dropsCollect.ts';
import './terms/changeAnnounce.ts';
import './terms/changeEnact.ts';
import './terms/changeObject.ts';
import './terms/changeWithdraw.ts';
import './terms/documentPut.ts';
import './terms/objectionRelease.ts';
import './transactions/transaction.ts';

const built = builder.toSchema().toConfig();

/** The schema of the API. Pothos adds Float to every schema; no field of this one is or may become a Float. */
export const schema: GraphQLSchema = boundTexts(
  new GraphQLSchema({
    ...built,
    types: built.types.filter(({ name }) => name !== 'Float'),
  }),
);

/** Prints the schema in an order that does not depend on the order of imports. */
export function schemaText(): string {
  return `${printSchema(lexicographicSortSchema(schema))}\n`;
}
