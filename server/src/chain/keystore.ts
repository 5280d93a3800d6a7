import { STATEMENT_TYPES, pointsDomain } from '@dewpoint/contracts/typedData.ts';
import type { Hex } from '@dewpoint/contracts/statement.ts';
import { SigningKey, TypedDataEncoder } from 'ethers';
import type { Signer } from '../ports/signer.ts';
import { openKeystoreFile, type Secrets } from './keystoreFile.ts';
import { addressOfPrivateKey, memberPrivateKey } from './memberKeys.ts';
import { settleCalldata } from './pointsCalls.ts';
import { signedBytes } from './transactionBytes.ts';

/** The keys of the service. */
export interface Keystore {
  readonly signer: Signer;
  /** Deploys and operates programs; see deployment.ts. */
  readonly operatorKey: Hex;
  /** Publishes rule sets until there is a Charter; see deployment.ts. */
  readonly charterKey: Hex;
}

/** Keys behind the {@link Signer} port, held in memory. */
export function createSigner(secrets: Secrets): Signer {
  const recorderKey = new SigningKey(`0x${secrets.recorderKey}`);
  const recorder = addressOfPrivateKey(Buffer.from(secrets.recorderKey, 'hex'));
  const memberMaster = Buffer.from(secrets.memberMaster, 'hex');
  return {
    recorderAddress: () => recorder,
    signStatement: ({ chainId, points, account, epoch, lines }) => {
      const value = { member: account, epoch, lines };
      const digest = TypedDataEncoder.hash(pointsDomain(chainId, points), STATEMENT_TYPES, value);
      return Promise.resolve(recorderKey.sign(digest).serialized as Hex);
    },
    signTransaction: ({ call, ...fields }) => {
      const target =
        call.kind === 'settle'
          ? { to: call.points, data: settleCalldata(call.batch) }
          : { to: recorder, data: '0x' as const };
      return Promise.resolve(signedBytes({ ...fields, ...target }, recorderKey));
    },
    memberAddress: (programId, memberId) =>
      addressOfPrivateKey(memberPrivateKey(memberMaster, programId, memberId)),
  };
}

/**
 * Opens the encrypted keystore, creating it on the first run.
 *
 * @param args.password Null makes one and keeps it beside the keystore: for local use only.
 * @throws KeystoreError when the file is no keystore or the password is wrong.
 */
export async function openKeystore(args: {
  path: string;
  password: string | null;
}): Promise<Keystore> {
  const secrets = await openKeystoreFile(args);
  return {
    signer: createSigner(secrets),
    operatorKey: `0x${secrets.operatorKey}`,
    charterKey: `0x${secrets.charterKey}`,
  };
}
