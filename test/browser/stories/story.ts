import type { Visitor } from '../wallet/visitor.ts';
import type { Cafe, WalletService } from '../wallet/walletService.ts';

/** What a story is told on. */
interface Stage {
  readonly cafe: Cafe;
  readonly service: WalletService;
  readonly visitor: Visitor;
}

/** Something that a member goes through, from the beginning to the end. Its member is Mei. */
export interface Story {
  /** First word of the names of its pictures. */
  readonly name: string;
  readonly guarantees: string;
  /** What happened before, without her. */
  prepare(cafe: Cafe): Promise<void>;
  tell(stage: Stage): Promise<void>;
}
