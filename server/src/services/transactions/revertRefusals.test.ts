import { buybackAbi } from '@dewpoint/contracts/abi/buybackAbi.ts';
import { catalogueAbi } from '@dewpoint/contracts/abi/catalogueAbi.ts';
import { charterAbi } from '@dewpoint/contracts/abi/charterAbi.ts';
import { pointsAbi } from '@dewpoint/contracts/abi/pointsAbi.ts';
import { programsAbi } from '@dewpoint/contracts/abi/programsAbi.ts';
import { describe, expect, it } from 'vitest';
import { refusalOf, TRANSLATED_REVERTS } from './revertRefusals.ts';

/** What no call of this API can end with: other functions, other callers, or what the encoding rules out. */
const OUT_OF_REACH = new Set([
  // Points: settling, recorders, the operator's role, plain transfers and permits
  'AlreadyRevoked',
  'AnchorRefused',
  'BadRecorderSignature',
  'CheckpointUnorderedInsertion',
  'InvalidRecorder',
  'MalformedBatch',
  'MalformedLines',
  'ModuleTransferForbidden',
  'NotCharter',
  'NotModule',
  'NotOfferedOperator',
  'NotRecorder',
  'StatementRefused',
  'ERC2612ExpiredSignature',
  'ERC2612InvalidSigner',
  'InvalidAccountNonce',
  'ERC20InsufficientAllowance',
  'ERC20InvalidApprover',
  'ERC20InvalidReceiver',
  'ERC20InvalidSender',
  'ERC20InvalidSpender',
  'ECDSAInvalidSignature',
  'ECDSAInvalidSignatureLength',
  'ECDSAInvalidSignatureS',
  // Charter: calls that are for anybody and not part of the API
  'UnknownTarget',
  'ThresholdNotReached',
  // made once, by the operator who deploys
  'ForwardersDiffer',
  'InvalidInitialization',
  'NotInitializing',
  'InsufficientBalance',
]);
const LIBRARY_NAMES = /^(String|Short|SafeCast|Math|Reentrancy|SafeERC20|InvalidShort|Checkpoint)/;

const reverts = [pointsAbi, charterAbi, buybackAbi, catalogueAbi, programsAbi].flatMap((abi) =>
  abi.flatMap((entry) => (entry.type === 'error' ? [entry.name] : [])),
);

describe('what contracts revert with', () => {
  it.each([...new Set(reverts)])(
    '%s has a code, or can not be caused by a call of the API',
    (name) => {
      const known =
        TRANSLATED_REVERTS.includes(name) || OUT_OF_REACH.has(name) || LIBRARY_NAMES.test(name);
      expect(known).toBe(true);
    },
  );

  it('is never swallowed where it has no code', () => {
    const tried = { kind: 'itemAdd', program: null } as const;
    expect(refusalOf({ name: 'Panic', args: { code: 17n } }, 'reverted', tried)).toEqual({
      code: 'REFUSED_BY_CONTRACT',
      field: null,
      message: 'The contract refuses the call with Panic(code: 17).',
    });
    expect(refusalOf(null, 'execution reverted 0x1234', tried)).toEqual({
      code: 'REFUSED_BY_CONTRACT',
      field: null,
      message: 'The contract refuses the call: execution reverted 0x1234',
    });
  });

  it('names the field of the input that it is about', () => {
    const args = { field: 'noticePeriod', lowest: 1n, highest: 2n };
    const tried = { kind: 'programCreate', program: null } as const;
    expect(refusalOf({ name: 'SettingOutOfBounds', args }, '', tried)).toMatchObject({
      code: 'OUT_OF_RANGE',
      field: 'noticeSeconds',
    });
    const terms = { name: 'InvalidTerms', args: { field: 'perUnit', index: 3n } };
    expect(refusalOf(terms, '', { kind: 'changeAnnounce', program: null }).field).toBe(
      'terms.ruleSet.rules[3].perMillionUnits',
    );
  });
});
