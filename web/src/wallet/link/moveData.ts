import { graphql } from '../../shared/graphql/graphql.ts';

/** What is signed to move an account: the page makes it itself, and compares it with what the service wants signed. */
export interface MoveToSign {
  readonly chainId: number;
  /** Address of the program's Points contract. */
  readonly points: string;
  readonly from: string;
  readonly to: string;
  /** Unix seconds. */
  readonly deadline: number;
}

interface TypedField {
  readonly name: string;
  readonly type: string;
}

/** EIP-712 data, as wallets take it. */
interface MoveTypedData {
  readonly domain: {
    readonly name: string;
    readonly version: string;
    readonly chainId: number;
    readonly verifyingContract: string;
  };
  readonly types: Readonly<Record<'EIP712Domain' | 'MoveAccount', readonly TypedField[]>>;
  readonly primaryType: string;
  readonly message: { readonly from: string; readonly to: string; readonly deadline: number };
}

/** Makes the EIP-712 data of a move, field by field as the contract checks it. */
export const moveTypedData = ({
  chainId,
  points,
  from,
  to,
  deadline,
}: MoveToSign): MoveTypedData => ({
  domain: { name: 'Dewpoint', version: '1', chainId, verifyingContract: points },
  types: {
    EIP712Domain: [
      { name: 'name', type: 'string' },
      { name: 'version', type: 'string' },
      { name: 'chainId', type: 'uint256' },
      { name: 'verifyingContract', type: 'address' },
    ],
    MoveAccount: [
      { name: 'from', type: 'address' },
      { name: 'to', type: 'address' },
      { name: 'deadline', type: 'uint256' },
    ],
  },
  primaryType: 'MoveAccount',
  message: { from, to, deadline },
});

/** Numbers and addresses are written in more than one way; what they say is compared. */
function same(a: unknown, b: unknown): boolean {
  if (Array.isArray(a) && Array.isArray(b)) {
    return a.length === b.length && a.every((each, index) => same(each, b[index]));
  }
  if (typeof a === 'object' && a !== null && typeof b === 'object' && b !== null) {
    const names = new Set([...Object.keys(a), ...Object.keys(b)]);
    return [...names].every((name) => same(Reflect.get(a, name), Reflect.get(b, name)));
  }
  const text = (value: unknown): string => `${value as string}`.toLowerCase();
  return a !== undefined && b !== undefined && text(a) === text(b);
}

/** Tells whether the service wants exactly this signed, and nothing else. @param json as the service gave it */
export function isSameMove(json: string, expected: MoveToSign): boolean {
  try {
    return same(JSON.parse(json), moveTypedData(expected));
  } catch {
    // It is no JSON: nothing that would be signed.
    return false;
  }
}

export const LinkQuery = graphql(`
  query LinkOwnWallet {
    viewer {
      memberId
      program {
        address
        chainId
        name
        clock {
          now
        }
      }
      member {
        account
        isCustodial
        ownAccount
        balance {
          accounts {
            account
            settled
            locked
          }
        }
      }
    }
  }
`);

export const MoveDataQuery = graphql(`
  query MoveData($to: Address!, $deadline: DateTime!) {
    accountMoveTypedData(to: $to, deadline: $deadline) {
      json
    }
  }
`);
