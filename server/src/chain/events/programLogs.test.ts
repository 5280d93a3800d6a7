import { buybackAbi } from '@dewpoint/contracts/abi/buybackAbi.ts';
import { catalogueAbi } from '@dewpoint/contracts/abi/catalogueAbi.ts';
import { charterAbi } from '@dewpoint/contracts/abi/charterAbi.ts';
import { pointsAbi } from '@dewpoint/contracts/abi/pointsAbi.ts';
import type { Address } from '@dewpoint/contracts/statement.ts';
import { encodeBuybackTerms, encodeTerms } from '@dewpoint/contracts/terms.ts';
import { AbiCoder, Interface, type InterfaceAbi } from 'ethers';
import { describe, expect, it } from 'vitest';
import { NO_DOCUMENT } from '../../domain/terms/document.ts';
import type { ProgramContracts } from '../../domain/program.ts';
import { INVENTED_PROGRAM } from '../../testing/builders/program.ts';
import { toAddress } from '../rpc/addresses.ts';
import { decodeProgramEvent, PROGRAM_TOPICS } from './programLogs.ts';

const { address: points, charter, buyback, catalogue } = INVENTED_PROGRAM;
const PROGRAM: ProgramContracts = { points, charter, buyback, catalogue };
const HOLDER: Address = toAddress(`0x${'ab'.repeat(20)}`);

const decode = (
  role: keyof ProgramContracts,
  abi: InterfaceAbi,
  name: string,
  values: readonly unknown[],
) => decodeProgramEvent(role, PROGRAM, new Interface(abi).encodeEventLog(name, [...values]));

const announced = (target: Address, terms: string) =>
  decode('charter', charterAbi, 'ChangeAnnounced', [
    ...[7, target, 3, 2, 1_000, 2_000, true, 5, 12_345n, terms],
  ]);

describe('events of a program', () => {
  it.each([
    ['charter', charterAbi],
    ['buyback', buybackAbi],
    ['catalogue', catalogueAbi],
  ] as const)('are all known that the %s has', (_role, abi) => {
    const unknown: string[] = [];
    new Interface(abi).forEachEvent(({ name, topicHash }) => {
      if (!PROGRAM_TOPICS.includes(topicHash)) unknown.push(name);
    });
    expect(unknown).toEqual(['Initialized']);
  });

  it('are those of the contract that emitted them, whatever else it says', () => {
    const log = new Interface(buybackAbi).encodeEventLog('PointsClaimed', [1, HOLDER, 5n]);
    expect(decodeProgramEvent('buyback', PROGRAM, log)).toEqual({
      kind: 'PointsClaimed',
      round: 1,
      holder: HOLDER,
      amount: 5n,
    });
    expect(decodeProgramEvent('catalogue', PROGRAM, log)).toBeNull();
    expect(decodeProgramEvent('points', PROGRAM, log)).toBeNull();
  });

  it('carry the terms of a change as its target reads them', () => {
    const rules = { notBefore: 4, budgetPerEpoch: 9n, documentHash: NO_DOCUMENT, rules: [] };
    expect(announced(points, encodeTerms(rules))).toMatchObject({
      change: 7,
      impact: 3,
      noticeEndsAtMs: 1_000_000,
      diesAtMs: 2_000_000,
      proposed: { kind: 'RULES', ...rules },
    });
    const terms = { pricePerPoint: 1n, budgetPerRound: 2n, minTender: 3n };
    const encoded = encodeBuybackTerms(terms);
    expect(announced(buyback, encoded)).toMatchObject({
      terms: encoded,
      proposed: { kind: 'BUYBACK', ...terms },
    });
    // The contract ignores what follows the terms.
    expect(announced(buyback, `${encoded}00`)).toMatchObject({ proposed: { ...terms } });
  });

  it('can not stop the reader with terms or texts that nobody can read', () => {
    expect(announced(points, '0x12')).toMatchObject({ terms: '0x12', proposed: null });
    const rule = [1, 2, 3, 4, 5, 6, '0xff', '0x4242'];
    const published = AbiCoder.defaultAbiCoder().encode(
      [
        'uint32',
        'uint96',
        'bytes32',
        'tuple(uint8,uint64,uint64,uint32,uint64,uint32,bytes,bytes)[]',
      ],
      [7, 8n, NO_DOCUMENT, [rule]],
    );
    const log = new Interface(pointsAbi).encodeEventLog('RuleSetPublished', [
      9,
      7,
      8n,
      NO_DOCUMENT,
      [],
    ]);
    expect(decodeProgramEvent('points', PROGRAM, { ...log, data: published })).toMatchObject({
      ruleSet: { version: 9, fromEpoch: 7, rules: [{ id: 1, name: '\ufffd', text: 'BB' }] },
    });
    const data = AbiCoder.defaultAbiCoder().encode(
      ['uint96', 'uint32', 'bytes'],
      [5n, 1, '0x41ff42'],
    );
    const { topics } = new Interface(catalogueAbi).encodeEventLog('ItemAdded', [3, 5n, 1, '']);
    expect(decodeProgramEvent('catalogue', PROGRAM, { topics, data })).toEqual({
      kind: 'ItemAdded',
      item: 3,
      price: 5n,
      stock: 1,
      text: 'A\ufffdB',
    });
  });
});
