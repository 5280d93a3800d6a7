import type { Address, Hex } from '@dewpoint/contracts/statement.ts';
import {
  BATCH_TYPES,
  FORWARD_REQUEST_TYPES,
  STATEMENT_TYPES,
  forwarderDomain,
  pointsDomain,
} from '@dewpoint/contracts/typedData.ts';
import { SigningKey, TypedDataEncoder } from 'ethers';
import type { OwnKey, Signer } from '../../ports/chain/signer.ts';
import { openKeystoreFile, type Secrets } from './keystoreFile.ts';
import { addressOfPrivateKey, memberPrivateKey } from './memberKeys.ts';
import { targetOf } from '../transactions/transactionTarget.ts';
import { signedBytes } from '../transactions/transactionBytes.ts';

/** The keys of the service. */
export interface Keystore {
  readonly signer: Signer;
  /** Deploys and operates programs; see deployment.ts. */
  readonly operatorKey: Hex;
}

/** Creates a {@link Signer} with its keys in memory. */
export function createSigner(secrets: Secrets): Signer {
  const keys: Readonly<Record<OwnKey, SigningKey>> = {
    recorder: new SigningKey(`0x${secrets.recorderKey}`),
    operator: new SigningKey(`0x${secrets.operatorKey}`),
    relayer: new SigningKey(`0x${secrets.relayerKey}`),
  };
  const addressOf = (hex: string): Address => addressOfPrivateKey(Buffer.from(hex, 'hex'));
  const addresses: Readonly<Record<OwnKey, Address>> = {
    recorder: addressOf(secrets.recorderKey),
    operator: addressOf(secrets.operatorKey),
    relayer: addressOf(secrets.relayerKey),
  };
  const memberMaster = Buffer.from(secrets.memberMaster, 'hex');
  return {
    addressOf: (key) => addresses[key],
    recorderAddress: () => addresses.recorder,
    signStatement: ({ chainId, points, account, epoch, lines }) => {
      const value = { member: account, epoch, lines };
      const digest = TypedDataEncoder.hash(pointsDomain(chainId, points), STATEMENT_TYPES, value);
      return Promise.resolve(keys.recorder.sign(digest).serialized as Hex);
    },
    signBatch: ({ chainId, points, statements }) => {
      const domain = pointsDomain(chainId, points);
      const digest = TypedDataEncoder.hash(domain, BATCH_TYPES, { statements });
      return Promise.resolve(keys.recorder.sign(digest).serialized as Hex);
    },
    signTransaction: ({ by, call, ...fields }) => {
      const target = targetOf(addresses[by], call);
      return Promise.resolve(signedBytes({ ...fields, ...target }, keys[by]));
    },
    signForwardRequest: (programId, memberId, { chainId, forwarder, ...request }) => {
      const key = memberPrivateKey(memberMaster, programId, memberId);
      const value = { ...request, from: addressOfPrivateKey(key), value: 0n };
      const domain = forwarderDomain(chainId, forwarder);
      const digest = TypedDataEncoder.hash(domain, FORWARD_REQUEST_TYPES, value);
      return Promise.resolve(new SigningKey(key).sign(digest).serialized as Hex);
    },
    memberAddress: (programId, memberId) =>
      addressOfPrivateKey(memberPrivateKey(memberMaster, programId, memberId)),
  };
}

/**
 * Opens the encrypted keystore, creating it on the first run.
 *
 * @param args.password Null creates one and keeps it beside the keystore: for local use only.
 * @throws KeystoreError when the file is no keystore or the password is wrong.
 */
export async function openKeystore(args: {
  path: string;
  password: string | null;
}): Promise<Keystore> {
  const secrets = await openKeystoreFile(args);
  return { signer: createSigner(secrets), operatorKey: `0x${secrets.operatorKey}` };
}
