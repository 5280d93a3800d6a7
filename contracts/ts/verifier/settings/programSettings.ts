import type { Address } from '../../statement.ts';
import type { SetSettings } from './setSettings.ts';

/** What never changes about a program. Addresses are in lower case. */
export interface ProgramSettings extends SetSettings {
  readonly program: Address;
  /** Unix seconds: the start of epoch 0. */
  readonly startsAt: number;
  /** Seconds. */
  readonly epochLength: number;
  /** Epochs. */
  readonly settlementWindow: number;
  readonly transferable: boolean;
  /** Charter, buyback and catalogue. */
  readonly modules: ReadonlySet<Address>;
  readonly forwarder: Address;
}
