import { minedReceipt } from '@dewpoint/contracts/minedReceipt.ts';
import { Contract, ContractFactory, JsonRpcProvider, Wallet, hexlify, randomBytes } from 'ethers';
import mintToken from '@dewpoint/contracts/artifacts/MintToken.json' with { type: 'json' };

/** What one plain OpenZeppelin mint transaction costs, measured. */
export interface MintCost {
  /** Transactions sent. */
  readonly sample: number;
  readonly gasFirstMint: number;
  readonly gasLaterMint: number;
}

/** New holders in the sample; each is minted to twice. Gas does not vary by more than the zero bytes of calldata. */
const SAMPLE_HOLDERS = 100;
const ADDRESS_BYTES = 20;
/** A base-unit amount of the size that purchases earn. */
const SAMPLE_POINTS = 3_433n;

/**
 * Sends OpenZeppelin `_mint` transactions, one to each of 100 fresh accounts and then a second one to each, on the
 * chain behind `rpcUrl`, and averages the gas of the whole transactions.
 *
 * @param privateKey A funded account that nothing else sends from.
 */
export async function measureMint(rpcUrl: string, privateKey: string): Promise<MintCost> {
  const provider = new JsonRpcProvider(rpcUrl, undefined, {
    staticNetwork: true,
    // ethers would give the nonce of a moment ago again.
    cacheTimeout: -1,
    // Nor wait for more calls to send with one.
    batchStallTime: 0,
  });
  try {
    const sender = new Wallet(privateKey, provider);
    const factory = new ContractFactory(mintToken.abi, mintToken.bytecode, sender);
    const token = await factory.deploy();
    await minedReceipt(provider, token.deploymentTransaction()?.hash ?? '');
    const mint = new Contract(await token.getAddress(), mintToken.abi, sender).getFunction('mint');
    const holders = Array.from({ length: SAMPLE_HOLDERS }, () =>
      hexlify(randomBytes(ADDRESS_BYTES)),
    );
    let nonce = await sender.getNonce();
    const averages: number[] = [];
    for (let round = 0; round < 2; round += 1) {
      const sent: string[] = [];
      // One after the other: a node that gets nonces out of order while it mines may leave the later ones waiting for ever.
      for (const holder of holders) {
        const { hash } = (await mint(holder, SAMPLE_POINTS, { nonce: nonce++ })) as {
          hash: string;
        };
        sent.push(hash);
      }
      const used = await Promise.all(
        sent.map(async (hash) => (await minedReceipt(provider, hash)).gasUsed),
      );
      averages.push(Number(used.reduce((sum, gas) => sum + gas, 0n)) / SAMPLE_HOLDERS);
    }
    const [gasFirstMint = 0, gasLaterMint = 0] = averages;
    return { sample: 2 * SAMPLE_HOLDERS, gasFirstMint, gasLaterMint };
  } finally {
    provider.destroy();
  }
}
