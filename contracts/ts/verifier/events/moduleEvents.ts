import type { Interface, LogDescription } from 'ethers';
import type { buybackAbi } from '../../abi/buybackAbi.ts';
import type { catalogueAbi } from '../../abi/catalogueAbi.ts';
import type { charterAbi } from '../../abi/charterAbi.ts';
import {
  buybackInterface,
  catalogueInterface,
  charterInterface,
} from '../../contractInterfaces.ts';
import type { Hex } from '../../statement.ts';
import type { RawLog } from '../rpc/logs.ts';
import { placeOf, type Unreadable, type Place } from './events.ts';

/** Amounts are bigint; ids, versions, rounds and unix seconds are numbers; addresses are in lower case. */
type ValueOf<Type> = Type extends 'uint96' | 'uint128'
  ? bigint
  : Type extends `uint${number}`
    ? number
    : Type extends 'bool'
      ? boolean
      : Type extends 'string'
        ? string
        : Hex;

/** An event of an ABI, its values by their names. */
type EventIn<Abi extends readonly unknown[]> = EventOf<Extract<Abi[number], { type: 'event' }>>;
type EventOf<Entry> = Entry extends {
  readonly name: infer Name;
  readonly inputs: readonly { readonly name: string; readonly type: string }[];
}
  ? {
      readonly kind: Name;
      readonly at: Place;
    } & {
      readonly [Input in Entry['inputs'][number] as Input['name']]: ValueOf<Input['type']>;
    }
  : never;

export type CharterEvent = EventIn<typeof charterAbi> & { readonly contract: 'charter' };
export type BuybackEvent = EventIn<typeof buybackAbi> & { readonly contract: 'buyback' };
export type CatalogueEvent = EventIn<typeof catalogueAbi> & { readonly contract: 'catalogue' };

/** A log of one of the three modules of a program, named as in its interface. */
export type ModuleEvent = CharterEvent | BuybackEvent | CatalogueEvent;

/** One event by its name. */
export type Of<Kind extends ModuleEvent['kind']> = Extract<ModuleEvent, { kind: Kind }>;

const INTERFACES = {
  charter: charterInterface,
  buyback: buybackInterface,
  catalogue: catalogueInterface,
} as const satisfies Record<ModuleEvent['contract'], Interface>;

/** Reads one log of a module. */
export function decodeModuleLog(
  log: RawLog,
  contract: ModuleEvent['contract'],
): ModuleEvent | Unreadable {
  const at = placeOf(log);
  try {
    const parsed = INTERFACES[contract].parseLog(log);
    if (parsed === null) throw new RangeError(`it is no event of the ${contract}`);
    return { contract, kind: parsed.name, at, ...namedValues(parsed) } as ModuleEvent;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { kind: 'unreadable', why, at };
  }
}

function namedValues({ args, fragment }: LogDescription): Record<string, unknown> {
  return Object.fromEntries(
    fragment.inputs.map(({ name, type }, i) => [name, valueOf(type, args[i] as unknown)]),
  );
}

function valueOf(type: string, value: unknown): unknown {
  if (type === 'address') return String(value).toLowerCase();
  if (typeof value !== 'bigint' || type === 'uint96' || type === 'uint128') return value;
  return Number(value);
}
