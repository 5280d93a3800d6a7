import { keccak256, toUtf8Bytes } from 'ethers';
import { pointsInterface } from '../../contractInterfaces.ts';
import { statementPoints } from '../../formula.ts';
import type { Receipt } from '../../receipt.ts';
import { unpackLines, type Address, type Hex } from '../../statement.ts';
import type { ProgramFacts } from '../facts/facts.ts';
import { call, failingClearly, RequestFailed, type Rpc } from '../rpc/rpc.ts';
import { epochAt } from '../settings/settingsRead.ts';

/** What is wrong with a receipt, the first that is. */
export type ReceiptProblem =
  | 'another program'
  | 'another chain'
  | 'unreadable lines'
  | 'not signed'
  | 'signer does not count'
  | 'too late';

/** Whether a receipt is good, and for how much. Points are base units. */
export interface ReceiptVerdict {
  readonly account: Address;
  readonly epoch: number;
  /** What the formula gives for it under the rules of its epoch. */
  readonly earned: bigint;
  /** What was minted for its account and epoch so far. */
  readonly minted: bigint;
  /** The first epoch in which it can't be handed in any more. */
  readonly lateFrom: number;
  /** Null when it is good, or all of it was minted already. */
  readonly problem: ReceiptProblem | null;
  readonly ok: boolean;
}

/** The contract of every chain that tells who signed a hash. */
const RECOVER: Address = `0x${'1'.padStart(40, '0')}`;
const IS_VALID_SIGNATURE = '0x1626ba7e';
const SIGNATURE_DIGITS = 130;

/**
 * Judges a receipt by the facts that were verified. Who signed is asked of the chain's own contract for it, and whether the signer
 * still counts of the program.
 *
 * @throws CannotVerify when the node does not answer
 * @example (await judgeReceipt(provider, receiptIn(text), verified)).ok
 */
export async function judgeReceipt(
  provider: Rpc,
  receipt: Receipt,
  { chainId, facts }: { readonly chainId: number; readonly facts: ProgramFacts },
): Promise<ReceiptVerdict> {
  const rpc = failingClearly(provider);
  const { account, epoch } = receipt;
  const { settings, head } = facts;
  const lateFrom = epoch + settings.settlementWindow + 1;
  const verdict = (problem: ReceiptProblem | null, earned = 0n, minted = 0n): ReceiptVerdict => ({
    ...{ account, epoch, earned, minted, lateFrom, problem },
    ok: problem === null,
  });
  if (receipt.chainId !== chainId) return verdict('another chain');
  if (receipt.points.toLowerCase() !== settings.program) return verdict('another program');
  const earned = earnedBy(receipt, facts);
  if (earned === null) return verdict('unreadable lines');
  if (!(await isSigned(rpc, receipt))) return verdict('not signed', earned);
  const data = pointsInterface.encodeFunctionData('mintedFor', [account, epoch]);
  const minted = BigInt(await call(rpc, settings.program, data));
  if (minted >= earned) return verdict(null, earned, minted);
  if (epochAt(settings, head.time) >= lateFrom) return verdict('too late', earned, minted);
  const asked = pointsInterface.encodeFunctionData('vouchesFor', [receipt.signer, epoch]);
  const counts = BigInt(await call(rpc, settings.program, asked)) === 1n;
  return verdict(counts ? null : 'signer does not count', earned, minted);
}

/** The verdict on a receipt for people. */
export function receiptText({ epoch, earned, minted, problem, lateFrom }: ReceiptVerdict): string {
  const worth = `${earned} base units, ${minted} of them minted`;
  if (problem === null) return `ok   The receipt of epoch ${epoch} is good: ${worth}.`;
  const until = problem === 'too late' ? `, from epoch ${lateFrom} on` : '';
  return `FAIL The receipt of epoch ${epoch}: ${problem}${until}; ${worth}.`;
}

function earnedBy({ lines, epoch }: Receipt, { ruleSets }: ProgramFacts): bigint | null {
  const inForce = ruleSets.findLast(({ fromEpoch }) => fromEpoch <= epoch);
  const rules = new Map(inForce?.rules.map((rule) => [rule.id, rule]));
  try {
    return statementPoints(rules, unpackLines(lines), epoch);
  } catch {
    return null;
  }
}

async function isSigned(rpc: Rpc, receipt: Receipt): Promise<boolean> {
  const { signature, signer } = receipt;
  const digest = receiptDigest(receipt);
  const digits = signature.slice(2);
  try {
    if (digits.length === SIGNATURE_DIGITS) {
      const [r, s, v] = [digits.slice(0, 64), digits.slice(64, 128), digits.slice(128)];
      const answer = await call(rpc, RECOVER, `${digest}${v.padStart(64, '0')}${r}${s}`);
      if (answer.slice(-40).toLowerCase() === signer.slice(2).toLowerCase()) return true;
    }
    // A signer that is a contract says by itself what it signed.
    const padded = digits.padEnd(Math.ceil(digits.length / 64) * 64, '0');
    const tail = word(64) + word(digits.length / 2) + padded;
    const answer = await call(rpc, signer, IS_VALID_SIGNATURE + digest.slice(2) + tail);
    return answer.startsWith(IS_VALID_SIGNATURE);
  } catch (error) {
    if (error instanceof RequestFailed && error.isRefusal) return false;
    throw error;
  }
}

/** What the recorder signs: EIP-712, written out. `typedData.ts` has the same for libraries. */
export function receiptDigest({ chainId, points, account, epoch, lines }: Receipt): Hex {
  const domain = keccak256(
    `0x${[
      textHash(
        'EIP712Domain(string name,string version,uint256 chainId,address verifyingContract)',
      ),
      textHash('Dewpoint'),
      textHash('1'),
      word(chainId),
      accountWord(points),
    ].join('')}`,
  );
  const statement = keccak256(
    `0x${[
      textHash('Statement(address member,uint32 epoch,bytes lines)'),
      accountWord(account),
      word(epoch),
      keccak256(lines).slice(2),
    ].join('')}`,
  );
  return keccak256(`0x1901${domain.slice(2)}${statement.slice(2)}`) as Hex;
}

const textHash = (text: string): string => keccak256(toUtf8Bytes(text)).slice(2);
const word = (value: number): string => value.toString(16).padStart(64, '0');
const accountWord = (account: Address): string => account.slice(2).toLowerCase().padStart(64, '0');
