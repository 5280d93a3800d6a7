import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import { SiweErrorType, SiweMessage, type SiweConfig } from '@signinwithethereum/siwe';
import { Interface, getAddress, hashMessage, verifyMessage } from 'ethers';
import type { SignInFlaw, SignInMessages } from '../../ports/chain/signInMessages.ts';
import { NOT_RECORDER_SELECTOR } from '../transactions/pointsCalls.ts';
import { toAddress } from '../rpc/addresses.ts';
import { toFailedSimulation } from '../rpc/errors.ts';
import type { Rpc } from '../rpc/rpc.ts';

const wallet = new Interface([
  'function isValidSignature(bytes32 hash, bytes signature) view returns (bytes4)',
]);
/** What a contract answers for a signature that is its own: the selector, and zeros up to a word. */
const MAGIC = `0x1626ba7e${'0'.repeat(56)}`;
/** Longer than what wallets show in full. */
const MAX_CHARACTERS = 4_096;

const FLAWS: Partial<Record<SiweErrorType, SignInFlaw>> = {
  [SiweErrorType.EXPIRED_MESSAGE]: 'EXPIRED',
  [SiweErrorType.NOT_YET_VALID_MESSAGE]: 'NOT_YET_VALID',
};

function read(text: string): SiweMessage | null {
  if (text.length > MAX_CHARACTERS) return null;
  try {
    const message = new SiweMessage(text);
    // What was signed is the text that was read, to the letter.
    return message.prepareMessage() === text ? message : null;
  } catch {
    return null; // the library throws for a text that is no such message
  }
}

/** The origin that both the domain and the URI name; null when they name different ones. */
function originOf({ scheme, domain, uri }: SiweMessage): string | null {
  if (!URL.canParse(uri)) return null;
  const { protocol, host, origin } = new URL(uri);
  const isSame = host === domain && (scheme === undefined || `${scheme}:` === protocol);
  return isSame ? origin : null;
}

/** Creates the reader of messages. @param stateTag Block on which contracts are asked, as for estimates; see gateway.ts. */
export function createSignInMessages(rpc: Rpc, stateTag: 'latest' | 'pending'): SignInMessages {
  /** Whether a contract at the address says that the signature is its own (ERC-1271). */
  async function isOfContract(address: string, text: string, signature: Hex): Promise<boolean> {
    const values = [hashMessage(text), signature];
    const data = wallet.encodeFunctionData('isValidSignature', values);
    try {
      return (await rpc.call('eth_call', [{ to: address, data }, stateTag])) === MAGIC;
    } catch (error) {
      // Throws what is no answer of the contract, such as that no node answers.
      return toFailedSimulation(error, NOT_RECORDER_SELECTOR).ok;
    }
  }

  return {
    parse: (text) => {
      const message = read(text);
      if (message === null) return null;
      const { address, chainId, nonce } = message;
      const account: Address = toAddress(address.toLowerCase());
      return { origin: originOf(message), address: account, chainId, nonce };
    },
    flawOf: async (text, signature, nowMs) => {
      const message = read(text);
      if (message === null) return 'WRONG_SIGNATURE';
      let away: unknown = null;
      const config: SiweConfig = {
        ...{ verifyMessage, hashMessage, getAddress },
        checkContractWalletSignature: async (address, signed) => {
          try {
            return await isOfContract(address, signed, signature);
          } catch (error) {
            // The library takes any error for a wrong signature.
            away = error;
            return false;
          }
        },
      };
      const { domain, nonce } = message;
      const { success, error } = await message.verify(
        { signature, domain, nonce, time: new Date(nowMs).toISOString() },
        { config, suppressExceptions: true },
      );
      if (away !== null) throw away as Error;
      if (success) return null;
      return (error === undefined ? undefined : FLAWS[error.type]) ?? 'WRONG_SIGNATURE';
    },
  };
}
