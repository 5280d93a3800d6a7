import type { Hex } from '@dewpoint/contracts/statement.ts';
import type { Wallet } from 'ethers';

/** Signs typed data as the API gives it to a wallet: JSON, with the type of its domain. */
export async function signTypedJson(
  wallet: Pick<Wallet, 'signTypedData'>,
  json: string,
): Promise<Hex> {
  const { domain, types, message } = JSON.parse(json) as {
    domain: object;
    types: Record<string, { name: string; type: string }[]>;
    message: Record<string, unknown>;
  };
  const { EIP712Domain: _, ...own } = types;
  return (await wallet.signTypedData(domain, own, message)) as Hex;
}
