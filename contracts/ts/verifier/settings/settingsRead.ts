import type { Address } from '../../statement.ts';
import type { ModuleSettings } from './moduleSettings.ts';

/** The epoch of a moment, in unix seconds. */
export function epochAt(
  { startsAt, epochLength }: Pick<SettingsRead, 'startsAt' | 'epochLength'>,
  time: number,
): number {
  return Math.floor((time - startsAt) / epochLength);
}

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
  /** Whether no point is minted that the buyback could not buy back. */
  readonly backed: boolean;
  /** Charter, buyback and catalogue. */
  readonly modules: ReadonlySet<Address>;
  readonly forwarder: Address;
  /** The contract that judges the bounds and the impact of rule sets. */
  readonly termsCheck: Address;
}
