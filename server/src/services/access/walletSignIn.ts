import { createHash, createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import type { Hex } from '@dewpoint/contracts/statement.ts';
import { newestAccount } from '../../domain/members/accounts.ts';
import { UserError } from '../../domain/errors.ts';
import type { Program } from '../../domain/program.ts';
import type {
  SignInFlaw,
  SignInMessage,
  SignInMessages,
} from '../../ports/chain/signInMessages.ts';
import type { OneUseStore } from '../../ports/stores/access.ts';
import type { MemberRecord, MemberStore } from '../../ports/stores/members.ts';
import type { Once } from '../transactions/once.ts';
import type { AllowedOrigins } from './allowedOrigins.ts';
import type { MemberSessions, OpenedSession } from './memberSessions.ts';

/** A nonce for a message to sign in with. */
export interface WalletNonce {
  readonly nonce: string;
  readonly expiresAtMs: number;
}

/** What a wallet signed to sign in. */
export interface SignedMessage {
  /** As EIP-4361 writes it. */
  readonly message: string;
  readonly signature: Hex;
  readonly idempotencyKey: string;
}

/** Signs members in by their own wallets (EIP-4361). */
export interface WalletSignIn {
  /** Makes a nonce. Nothing is stored: it says for itself when it was made, and by whom. */
  newNonce(program: Pick<Program, 'id'>): WalletNonce;
  /**
   * Opens a session for the member whose newest account the wallet is. The nonce is then used up.
   *
   * @throws UserError MALFORMED, INVALID_SIGN_IN, INVALID_SIGNATURE, USED_OR_EXPIRED, NOT_FOUND
   * @throws ServiceError CHAIN_UNAVAILABLE when a contract would have to be asked and no node answers
   */
  verify(program: Program, signed: SignedMessage): Promise<OpenedSession>;
}

/** Time to read what is signed, and to sign it. */
export const WALLET_NONCE_MS = 600_000;

const TIME_DIGITS = 12;
const CHANCE_BYTES = 8;
const MAC_DIGITS = 32;
const NONCE = new RegExp(
  `^([0-9a-f]{${TIME_DIGITS}}[0-9a-f]{${2 * CHANCE_BYTES}})([0-9a-f]{${MAC_DIGITS}})$`,
);

const refusal = (
  code: 'INVALID_SIGN_IN' | 'INVALID_SIGNATURE' | 'USED_OR_EXPIRED' | 'MALFORMED' | 'NOT_FOUND',
  message: string,
): UserError =>
  new UserError({ code, field: code === 'INVALID_SIGNATURE' ? 'signature' : 'message', message });

const FLAWS: Readonly<Record<SignInFlaw, () => UserError>> = {
  EXPIRED: () =>
    refusal('INVALID_SIGN_IN', 'message has an expiration time in the past; sign a fresh one.'),
  NOT_YET_VALID: () =>
    refusal('INVALID_SIGN_IN', 'message has a "not before" time in the future; leave it out.'),
  WRONG_SIGNATURE: () =>
    refusal(
      'INVALID_SIGNATURE',
      'signature is not one of the address of the message over its text; sign it as it is with personal_sign.',
    ),
};

export function createWalletSignIn(deps: {
  signInMessages: SignInMessages;
  origins: AllowedOrigins;
  members: Pick<MemberStore, 'findByLink'>;
  oneUseTokens: OneUseStore;
  memberSessions: Pick<MemberSessions, 'open' | 'withToken'>;
  once: Once;
  secretOf: (name: string) => Uint8Array;
  wallNowMs: () => number;
}): WalletSignIn {
  const { signInMessages, oneUseTokens, memberSessions, wallNowMs } = deps;
  const secret = deps.secretOf('wallet nonces');

  const macOf = (programId: string, stem: string): string =>
    createHmac('sha256', secret).update(`${programId} ${stem}`).digest('hex').slice(0, MAC_DIGITS);

  /** Reads the time of a nonce of ours; null for any other. */
  const madeAtMs = (programId: string, nonce: string): number | null => {
    const [, stem, mac] = NONCE.exec(nonce) ?? [];
    if (stem === undefined || mac === undefined) return null;
    const isOurs = timingSafeEqual(Buffer.from(macOf(programId, stem)), Buffer.from(mac));
    return isOurs ? Number.parseInt(stem.slice(0, TIME_DIGITS), 16) : null;
  };

  /** Checks everything of a message but its signature. */
  async function check(program: Program, { origin, chainId }: SignInMessage): Promise<void> {
    if (origin === null) {
      throw refusal(
        'INVALID_SIGN_IN',
        'message names one page by its domain and another one by its URI; both must be the page that asks.',
      );
    }
    if (!(await deps.origins.allows(program, origin))) {
      throw refusal(
        'INVALID_SIGN_IN',
        `message is for ${origin}, which is none of the allowed origins of the program.`,
      );
    }
    if (chainId === program.chainId) return;
    throw refusal(
      'INVALID_SIGN_IN',
      `message is for chain ${chainId}; it must be for chain ${program.chainId}, on which the program is.`,
    );
  }

  async function holderOf(program: Program, { address }: SignInMessage): Promise<MemberRecord> {
    const member = await deps.members.findByLink(program.id, address);
    // A wallet that the member moved on from signs for it no more.
    if (member !== null && newestAccount(member) === address) return member;
    throw refusal(
      'NOT_FOUND',
      `message is signed by ${address}, which is the account of no member; link it by accountMove in a session of the member first.`,
    );
  }

  return {
    newNonce: ({ id }) => {
      const nowMs = wallNowMs();
      const time = nowMs.toString(16).padStart(TIME_DIGITS, '0');
      const stem = time + randomBytes(CHANCE_BYTES).toString('hex');
      return { nonce: stem + macOf(id, stem), expiresAtMs: nowMs + WALLET_NONCE_MS };
    },
    verify: async (program, { message, signature, idempotencyKey }) => {
      const said = signInMessages.parse(message);
      if (said === null) {
        throw refusal(
          'MALFORMED',
          'message is no message of EIP-4361 ("... wants you to sign in with your Ethereum account:"); it must be exactly the text that was signed.',
        );
      }
      const usedUp = refusal(
        'USED_OR_EXPIRED',
        'message has a nonce that was used, is older than 10 minutes, or was not made for this program; it must be a fresh one of walletNonceCreate.',
      );
      const createdAtMs = madeAtMs(program.id, said.nonce);
      if (createdAtMs === null) throw usedUp;
      // The keys of a nonce are its own: a stranger takes none away.
      const id = createHash('sha256').update(`nonce ${said.nonce}`).digest('hex');
      const input = { message, signature };
      const write = { owner: [id], kind: 'walletVerify', idempotencyKey, input };
      const session = await deps.once.run(write, async (effectId) => {
        await check(program, said);
        const flaw = await signInMessages.flawOf(message, signature, wallNowMs());
        if (flaw !== null) throw FLAWS[flaw]();
        const { externalId, programId } = await holderOf(program, said);
        const expiresAtMs = createdAtMs + WALLET_NONCE_MS;
        await oneUseTokens.keep({
          ...{ id, programId, createdAtMs, expiresAtMs, externalId: null, usedBy: null },
        });
        const used = await oneUseTokens.use(id, effectId, wallNowMs());
        if (used === null) throw usedUp;
        return memberSessions.open({ programId, externalId }, effectId);
      });
      return memberSessions.withToken(session);
    },
  };
}
