import type { TadaDocumentNode } from 'gql.tada';

/** Mutations of the operator: for a program that was handed over to an own wallet, each answers something to sign. */
export const SIGNED_KINDS = [
  ...(['changeAnnounce', 'changeWithdraw'] as const),
  ...(['itemAdd', 'itemPriceSet', 'itemStockAdd', 'itemWithdraw'] as const),
  ...(['itemWithdrawalCancel', 'orderFulfil', 'orderRefund'] as const),
  ...(['operatorAccept', 'operatorOffer', 'reserveWithdraw'] as const),
] as const;
export type SignedKind = (typeof SIGNED_KINDS)[number];

/** Tells whether a wallet may have to sign a mutation. */
export const isSignedKind = (kind: string): kind is SignedKind =>
  (SIGNED_KINDS as readonly string[]).includes(kind);

const TO_SIGN = 'toSign { id account json expiresAt }';

/**
 * Has a mutation of the operator answer what its wallet is to sign, so that no page has to think of it.
 *
 * @param kind name of the mutation, whose payload has the name `payload`
 */
export function askingToSign<Result, Variables>(
  kind: string,
  document: TadaDocumentNode<Result, Variables>,
): TadaDocumentNode<Result, Variables> {
  const text = document as unknown as string;
  if (!isSignedKind(kind) || text.includes('toSign')) return document;
  const asked = text.replace(
    new RegExp(`(payload:\\s*${kind}\\([^)]*\\)\\s*\\{)`),
    `$1 ${TO_SIGN}`,
  );
  return asked as unknown as TadaDocumentNode<Result, Variables>;
}
