import { useTranslation } from 'react-i18next';

/**
 * Mutations that are written down, in the order in which they are offered. Not those on members: the log is for ever, and what is
 * known of a member can be erased.
 */
export const LOGGED_MUTATIONS = [
  ...(['programCreate', 'programLookSet', 'changeAnnounce', 'changeWithdraw'] as const),
  ...(['changeEnact', 'reserveDeposit', 'reserveWithdraw', 'reserveTopUpStart'] as const),
  ...(['termsDraftSave', 'termsDraftDelete'] as const),
  ...(['roundSettle', 'itemAdd', 'itemPriceSet', 'itemStockAdd', 'itemWithdraw'] as const),
  ...(['itemWithdrawalCancel', 'orderFulfil', 'orderRefund', 'orderNoteSet'] as const),
  ...(['memberMerge', 'memberKeyExport'] as const),
  ...(['operatorOffer', 'operatorAccept', 'transactionSign'] as const),
  ...(['documentPut', 'apiKeyCreate', 'apiKeyRotate', 'apiKeyRevoke'] as const),
  ...(['webhookEndpointCreate', 'webhookEndpointUpdate', 'webhookEndpointDelete'] as const),
  ...(['webhookSecretRotate', 'webhookResend', 'webhookResendSince', 'webhookTest'] as const),
  ...(['invitationCreate', 'invitationCancel', 'invitationAccept', 'teamRoleSet'] as const),
  ...(['teamMemberRemove', 'teamLeave', 'billingCheckoutStart', 'billingPortalOpen'] as const),
  ...(['clockMove'] as const),
] as const;

/** Says in words what a mutation does; its name where there are none. */
export function useDeedWords(): (mutation: string) => string {
  const { t, i18n } = useTranslation('team');
  return (mutation) =>
    i18n.exists(`deeds.${mutation}`, { ns: 'team' }) ? t(`deeds.${mutation}`) : mutation;
}
