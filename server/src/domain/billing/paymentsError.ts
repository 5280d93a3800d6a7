/** Why a call of the provider failed. AWAY: nobody knows whether it had an effect; REFUSED: it had none. */
export class PaymentsError extends Error {
  override readonly name = 'PaymentsError';
  readonly kind: 'AWAY' | 'REFUSED';
  /** Short word of the provider, such as `resource_missing`; never what was sent. */
  readonly code: string;

  constructor(kind: PaymentsError['kind'], code: string) {
    super(`The provider of payments ${kind === 'AWAY' ? 'gave no answer' : 'refused'}: ${code}.`);
    this.kind = kind;
    this.code = code;
  }
}
