import type { Address } from '../../../statement.ts';
import { shown, type OperatorChanged, type OperatorOffered } from '../../events/events.ts';
import { Check } from '../../report/check.ts';
import { ZERO_ADDRESS } from './ledger.ts';

/** Who may rotate and revoke recorders. */
export class Operators {
  readonly check = new Check('operators');
  #operator: Address = ZERO_ADDRESS;
  #offered: Address = ZERO_ADDRESS;

  /** Who has the role now. */
  get operator(): Address {
    return this.#operator;
  }

  offered(event: OperatorOffered): void {
    const what = () => 'who offers the role';
    this.check.equal(shown(this.#operator), shown(event.operator), what, event.at);
    this.#offered = event.next;
  }

  /** The first operator takes over from nobody, without an offer. */
  changed(event: OperatorChanged): void {
    const { previous, operator, at } = event;
    this.check.equal(shown(this.#operator), shown(previous), () => 'the operator before', at);
    if (this.#operator !== ZERO_ADDRESS) {
      this.check.equal(shown(this.#offered), shown(operator), () => 'who takes the role', at);
    }
    this.#operator = operator;
    this.#offered = ZERO_ADDRESS;
  }

  compare(operator: Address): void {
    const what = () => 'the operator (operator)';
    this.check.equal(shown(this.#operator), shown(operator), what, null);
  }
}
