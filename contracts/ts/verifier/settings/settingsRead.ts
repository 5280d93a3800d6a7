import type { Address } from '../../statement.ts';
import type { ModuleSettings } from './moduleSettings.ts';

/** What never changes about a program. Addresses are in lower case. */
export interface SettingsRead extends ModuleSettings {
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
