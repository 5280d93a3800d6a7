/** How a call differs from what was asked for: another chain, contract, function, other numbers, or bytes that say more. */
export type CallDifference = 'chain' | 'contract' | 'function' | 'numbers' | 'bytes';

/** The call is not what was asked for: no wallet may be asked to send it. */
export class CallFlaw extends Error {
  override readonly name = 'CallFlaw';
  readonly difference: CallDifference;
  constructor(difference: CallDifference) {
    super(`the call has another ${difference} than what was asked for`);
    this.difference = difference;
  }
}
