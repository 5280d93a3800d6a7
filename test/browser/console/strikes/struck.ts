/** Writes that each file of stories has struck on their way, by the names of their documents: proven at the end of the file. */
export const STRUCK: Readonly<Record<string, readonly string[]>> = {
  'billing.test.ts': ['ConsoleCheckout', 'ConsolePortal'],
  'buyback.test.ts': ['DeskAnnounce', 'DeskReserveDeposit', 'DeskRoundSettle', 'DeskTopUpStart'],
  'developers.test.ts': [
    ...['ApiKeyCreate', 'ApiKeyRevoke', 'ApiKeyRotate', 'ClockMove', 'DeliveryResend'],
    ...['EndpointCreate', 'EndpointTest', 'InvitationAccept', 'OrganisationCreate', 'OriginsSet'],
    ...['PreviewSession', 'ProgramCreate', 'SecretRotate', 'WalletLinkTicketCreate'],
  ],
  'members.test.ts': ['ActionsGrant', 'ActionsHold', 'ActionsVoid', 'MemberErase', 'MemberMerge'],
  'orders.test.ts': [
    ...['DeskItemAdd', 'DeskItemKeep', 'DeskItemLooksSet', 'DeskItemPriceSet'],
    ...['DeskItemStockAdd', 'DeskItemWithdraw'],
    ...['DeskOrderFulfil', 'DeskOrderNoteSet', 'DeskOrderRefund'],
  ],
  'rules.test.ts': ['DeskAnnounce', 'DraftDelete', 'DraftSave'],
  'seldom.test.ts': [
    ...['ActionsRelease', 'ChangeEnact', 'DeskReserveWithdraw'],
    ...['EndpointDelete', 'EndpointUpdate', 'InvitationCancel'],
    ...['ResendSince', 'SessionRevoke', 'TeamLeave'],
  ],
  'settings.test.ts': [
    ...['ApiKeyCreate', 'ApiKeyRevoke', 'ChangeWithdraw', 'DeskAnnounce', 'DocumentPut'],
    ...['InvitationAccept', 'InvitationCreate', 'OperatorAccept', 'OperatorOffer'],
    ...['TeamMemberRemove', 'TeamRoleSet', 'TransactionSign'],
  ],
};

/** Documents of mutations that write nothing, and why. */
export const UNSTRUCK: Readonly<Record<string, string>> = {
  ContractOutlook: 'a dry run: the contract says what it would do',
};
