/** The functions that an own wallet is asked to call, as the contracts have them; a test compares them with the contracts' own ABIs. */

/** Contracts of a program, by what they are for. */
export type CallContract = 'buyback' | 'charter' | 'catalogue';

interface AbiFunction {
  readonly type: 'function';
  readonly name: string;
  readonly inputs: readonly { readonly name: string; readonly type: string }[];
}

const call = (name: string, ...inputs: readonly (readonly [string, string])[]): AbiFunction => ({
  ...{ type: 'function', name },
  inputs: inputs.map(([input, type]) => ({ name: input, type })),
});

export const CALL_ABIS = {
  buyback: [
    call('tender', ['round', 'uint32'], ['amount', 'uint96']),
    call('untender', ['round', 'uint32'], ['amount', 'uint96']),
    call('claimPoints', ['round', 'uint32'], ['holder', 'address']),
    call('claimMoney', ['round', 'uint32'], ['holder', 'address']),
  ],
  charter: [
    call('object', ['id', 'uint256'], ['amount', 'uint96']),
    call('release', ['id', 'uint256'], ['holder', 'address']),
  ],
  catalogue: [
    call(
      'redeem',
      ...([
        ['item', 'uint32'],
        ['quantity', 'uint32'],
        ['maxPrice', 'uint96'],
        ['orderRef', 'bytes32'],
      ] as const),
    ),
    call('refund', ['order', 'uint256']),
  ],
} as const satisfies Readonly<Record<CallContract, readonly AbiFunction[]>>;
