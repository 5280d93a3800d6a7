import type { AccountMoving } from './accountMoving.ts';
import type { ActedTransactions } from './actedTransactions.ts';
import type { Announcing } from './announcing.ts';
import type { CatalogueActs } from './catalogueActs.ts';
import type { ChangeActs } from './changeActs.ts';
import type { ProgramCreating } from './programCreating.ts';
import type { ReserveActs } from './reserveActs.ts';
import type { RoundActs } from './roundActs.ts';

/** Everything that is done on chain for operators and members. */
export interface BusinessServices {
  readonly accountMoving: AccountMoving;
  readonly actedTransactions: ActedTransactions;
  readonly announcing: Announcing;
  readonly catalogueActs: CatalogueActs;
  readonly changeActs: ChangeActs;
  readonly programCreating: ProgramCreating;
  readonly reserveActs: ReserveActs;
  readonly roundActs: RoundActs;
}
