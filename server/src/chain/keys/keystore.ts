import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import {
  ANCHOR_TYPES,
  BATCH_TYPES,
  FORWARD_REQUEST_TYPES,
  MOVE_ACCOUNT_TYPES,
  STATEMENT_TYPES,
  forwarderDomain,
  pointsDomain,
} from '@dewpoint/contracts/typedData.ts';
import { SigningKey, TypedDataEncoder } from 'ethers';
import type { OwnAccount, Signer } from '../../ports/chain/signer.ts';
import type { MemberKeys } from '../../ports/chain/memberKeys.ts';
import type { KeySecrets } from '../../ports/keySecrets.ts';
import { openKeystoreFile, type Secrets } from './keystoreFile.ts';
import { LABELS, addressOfPrivateKey, derivedBytes, derivedKey } from './derivedKeys.ts';
import { createMemberKeys } from './memberKeys.ts';
import { targetOf } from '../transactions/transactionTarget.ts';
import { signedBytes } from '../transactions/transactionBytes.ts';

/** The keys of the service. */
export interface Keystore {
  readonly signer: Signer;
  readonly keySecrets: KeySecrets;
  readonly memberKeys: MemberKeys;
  /** Of the relayer's first lane, which deploys contracts; see deployment.ts. */
  readonly deployerKey: Hex;
  /** Derives a secret of 32 bytes by its name, the same on every server: for tokens that are stored as hashes only. */
  secretOf(name: string): Buffer;
}

/** What an owner of tokens signs for EIP-2612. */
const PERMIT_TYPES = {
  Permit: [
    { name: 'owner', type: 'address' },
    { name: 'spender', type: 'address' },
    { name: 'value', type: 'uint256' },
    { name: 'nonce', type: 'uint256' },
    { name: 'deadline', type: 'uint256' },
  ],
};

/**
 * Opens the keys, which are derived as they are asked for and stay in memory.
 *
 * @param treasuryKey Of the treasury, in place of a derived one.
 */
export function createKeystore(secrets: Secrets, treasuryKey: Hex | null = null): Keystore {
  const recorders = Buffer.from(secrets.recorderMaster, 'hex');
  const operators = Buffer.from(secrets.operatorMaster, 'hex');
  const relayers = Buffer.from(secrets.relayerMaster, 'hex');
  const members = Buffer.from(secrets.memberMaster, 'hex');

  const keyOf = (account: OwnAccount): Buffer => {
    switch (account.role) {
      case 'RELAYER':
        return derivedKey(relayers, LABELS.relayer(account.lane));
      case 'OPERATOR':
        return derivedKey(operators, LABELS.operator(account.organisation));
      case 'TREASURY':
        return treasuryKey === null
          ? derivedKey(operators, LABELS.treasury())
          : Buffer.from(treasuryKey.slice(2), 'hex');
      case 'MEMBER':
        return derivedKey(members, LABELS.member(account.programId, account.memberId));
    }
  };
  const recorderKey = (label: string): Buffer => derivedKey(recorders, LABELS.recorder(label));

  const signed = (key: Buffer, ...data: Parameters<typeof TypedDataEncoder.hash>): Promise<Hex> => {
    const digest = TypedDataEncoder.hash(...data);
    return Promise.resolve(new SigningKey(key).sign(digest).serialized as Hex);
  };

  const nameOf = (account: Exclude<OwnAccount, { role: 'MEMBER' }>): string => {
    if (account.role === 'TREASURY') return account.role;
    return `${account.role} ${account.role === 'RELAYER' ? account.lane : account.organisation}`;
  };
  /** Of lanes, operators and the treasury, which are few and asked for with every transaction. */
  const known = new Map<string, Address>();
  const addressOf = (account: OwnAccount): Address => {
    if (account.role === 'MEMBER') return addressOfPrivateKey(keyOf(account));
    const name = nameOf(account);
    const address = known.get(name) ?? addressOfPrivateKey(keyOf(account));
    known.set(name, address);
    return address;
  };

  const signer: Signer = {
    addressOf,
    recorderAddress: (label) => addressOfPrivateKey(recorderKey(label)),
    signStatement: (label, { chainId, points, account: member, epoch, lines }) => {
      const value = { member, epoch, lines };
      return signed(recorderKey(label), pointsDomain(chainId, points), STATEMENT_TYPES, value);
    },
    signBatch: (label, { chainId, points, statements }) =>
      signed(recorderKey(label), pointsDomain(chainId, points), BATCH_TYPES, { statements }),
    signAnchor: (label, { chainId, points, ...anchor }) =>
      signed(recorderKey(label), pointsDomain(chainId, points), ANCHOR_TYPES, anchor),
    signForwardRequest: (by, { chainId, forwarder, ...request }) => {
      const value = { ...request, from: addressOf(by), value: 0n };
      return signed(keyOf(by), forwarderDomain(chainId, forwarder), FORWARD_REQUEST_TYPES, value);
    },
    signPermit: (by, { domain, ...permit }) =>
      signed(keyOf(by), domain, PERMIT_TYPES, { ...permit, owner: addressOf(by) }),
    signMoveAccount: (by, { chainId, points, from, deadlineSeconds: deadline }) => {
      const value = { from, to: addressOf(by), deadline };
      return signed(keyOf(by), pointsDomain(chainId, points), MOVE_ACCOUNT_TYPES, value);
    },
    signTransaction: ({ by, call, ...fields }) => {
      const target = targetOf(addressOf(by), call);
      return Promise.resolve(signedBytes({ ...fields, ...target }, new SigningKey(keyOf(by))));
    },
  };
  const deployer = keyOf({ role: 'RELAYER', lane: 0 });
  const secretOf = (name: string): Buffer => derivedKey(members, LABELS.secret(name));
  const keySecrets: KeySecrets = {
    bytesFor: (madeFor) => derivedBytes(operators, LABELS.apiKey(JSON.stringify(madeFor))),
  };
  const memberKeys = createMemberKeys((programId, memberId) =>
    keyOf({ role: 'MEMBER', programId, memberId }),
  );
  const deployerKey: Hex = `0x${deployer.toString('hex')}`;
  return { signer, keySecrets, memberKeys, secretOf, deployerKey };
}

/**
 * Opens the encrypted keystore, creating it on the first run.
 *
 * @param args.password Null creates one and keeps it beside the keystore: for local use only.
 * @param args.treasuryKey Of the treasury; left out, it is derived.
 * @throws KeystoreError when the file is no keystore or the password is wrong.
 */
export async function openKeystore(args: {
  path: string;
  password: string | null;
  treasuryKey?: Hex | null;
}): Promise<Keystore> {
  return createKeystore(await openKeystoreFile(args), args.treasuryKey ?? null);
}
