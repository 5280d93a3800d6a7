import { GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { builder } from './core/builder.ts';
import { boundTexts } from './limits/answerSize.ts';
import './access/memberSessionCreate.ts';
import './access/memberSessionRevoke.ts';
import './access/walletLinkTicketCreate.ts';
import './access/walletLinkTicketRedeem.ts';
import './access/walletNonceCreate.ts';
import './access/walletVerify.ts';
import './actions/action.ts';
import './actions/actionLists.ts';
import './access/apiKey.ts';
import './access/apiKeyCreate.ts';
import './access/apiKeyRevoke.ts';
import './access/apiKeyRotate.ts';
import './access/auditLog.ts';
import './actions/actionsRecord.ts';
import './actions/actionsReview.ts';
import './actions/anchor.ts';
import './actions/rejectedActions.ts';
import './programs/liability.ts';
import './billing/billing.ts';
import './billing/billingWrites.ts';
import './billing/recordingStopped.ts';
import './billing/reserveTopUps.ts';
import './billing/reserveTopUpStart.ts';
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
import './catalogue/orderNoteSet.ts';
import './catalogue/orderRefund.ts';
import './members/programOrders.ts';
import './members/activity.ts';
import './members/member.ts';
import './members/memberConnections.ts';
import './members/memberList.ts';
import './members/memberWrites.ts';
import './members/money.ts';
import './members/memberErase.ts';
import './members/memberMerge.ts';
import './members/moneySend.ts';
import './members/viewer.ts';
import './members/wallets/accountMove.ts';
import './members/wallets/memberKeyExport.ts';
import './organisations/invitations.ts';
import './organisations/organisation.ts';
import './organisations/organisationCreate.ts';
import './organisations/teamWrites.ts';
import './programs/operatorAccept.ts';
import './programs/clockMove.ts';
import './programs/look.ts';
import './programs/operatorAccount.ts';
import './organisations/organisationPrograms.ts';
import './programs/operatorOffer.ts';
import './programs/transactionSign.ts';
import './programs/program.ts';
import './programs/programConnections.ts';
import './programs/programCreate.ts';
import './programs/programLimits.ts';
import './programs/programLookSet.ts';
import './statements/dropsCollect.ts';
import './terms/changeAnnounce.ts';
import './terms/changeEnact.ts';
import './terms/changeObject.ts';
import './terms/changeWithdraw.ts';
import './terms/documentPut.ts';
import './terms/drafts/termsDraft.ts';
import './terms/drafts/termsDraftWrites.ts';
import './terms/objectionRelease.ts';
import './terms/figures/objectionsOverTime.ts';
import './terms/figures/ruleSetPreview.ts';
import './transactions/gasTank.ts';
import './transactions/transaction.ts';
import './webhooks/webhookDelivery.ts';
import './webhooks/webhookEndpoint.ts';
import './webhooks/webhookEndpointCreate.ts';
import './webhooks/webhookEndpointDelete.ts';
import './webhooks/webhookEndpointUpdate.ts';
import './webhooks/webhookResend.ts';
import './webhooks/webhookResendSince.ts';
import './webhooks/webhookSecretRotate.ts';
import './webhooks/webhookTest.ts';

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
