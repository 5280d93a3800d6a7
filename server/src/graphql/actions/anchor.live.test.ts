import { checkProof, proofIn, proofJson } from '@dewpoint/contracts/actionProof.ts';
import { pointsAbi } from '@dewpoint/contracts/abi/pointsAbi.ts';
import type { Hex } from '@dewpoint/contracts/statement.ts';
import { Interface } from 'ethers';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT_DIFFERENT, EXIT_OK, runCommand } from '@dewpoint/contracts/verifier/commandLine.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { DAY_MS, STARTS_AT_MS } from '../../testing/builders/time.ts';
import { startService, until, type TestService } from '../../testing/service.ts';

const MINUTE_MS = 60_000;
const EVIDENCE = `0x${'e1'.repeat(32)}`;

let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.close());

const points = new Interface(pointsAbi);
async function onChain(epoch: number): Promise<{ root: string; count: number }> {
  const data = points.encodeFunctionData('anchorOf', [epoch]);
  const { rpc } = service.foundation.chain;
  const reply = await rpc.call('eth_call', [{ to: service.mine.program.address, data }, 'latest']);
  const [root, count] = points.decodeFunctionResult('anchorOf', String(reply));
  return { root: String(root), count: Number(count) };
}

async function ask<T>(query: string, variables: object = {}): Promise<T> {
  const { data, errors } = await service.ask(service.mine.key, query, variables);
  if (errors !== undefined) throw new Error(JSON.stringify(errors));
  return data as T;
}

/** Judges a proof as anybody does: by the command, from the chain alone. */
async function verified(file: string): Promise<{ exitCode: number; stdout: string }> {
  const dir = mkdtempSync(join(tmpdir(), 'dewpoint-proof-'));
  try {
    writeFileSync(join(dir, 'proof.json'), file);
    let stdout = '';
    const { url } = service.foundation.anvil;
    const { address } = service.mine.program;
    const exitCode = await runCommand(
      ['--rpc', url, '--program', address, '--proof', join(dir, 'proof.json')],
      { stdout: { write: (text) => (stdout += text) }, stderr: { write: () => true } },
    );
    return { exitCode, stdout };
  } finally {
    rmSync(dir, { recursive: true });
  }
}

it('anchors the log of a day in the next one, and proves an action out of it to anybody', async () => {
  const occurredAt = new Date(STARTS_AT_MS).toISOString();
  const action = { memberId: 'mei', rule: 'visit', occurredAt, evidenceHash: EVIDENCE };
  const maturesAt = new Date(STARTS_AT_MS + 3 * DAY_MS).toISOString();
  const actions = ['1', '2', '3', '4'].map((eventId) => ({ ...action, eventId, maturesAt }));
  const record = `mutation ($input: ActionsRecordInput!) { actionsRecord(input: $input) { results { status } } }`;
  await ask(record, { input: { actions } });
  await ask(
    'mutation { actionsVoid(input: { actions: [{ memberId: "mei", eventId: "3" }] }) { results { status } } }',
  );
  const held = '[{ memberId: "mei", eventId: "4" }]';
  await ask(`mutation { actionsHold(input: { actions: ${held} }) { results { status } } }`);
  await ask(`mutation { actionsRelease(input: { actions: ${held} }) { results { status } } }`);
  const proof = `{ member(memberId: "mei") { actionProof(eventId: "2") { file anchor { root count } } } }`;
  expect(await ask(proof)).toEqual({ member: { actionProof: null } });

  await service.moveClockTo(STARTS_AT_MS + DAY_MS + 11 * MINUTE_MS);
  const anchored = async (): Promise<{ root: Hex; count: number } | null> => {
    const query = '{ program { anchor(epoch: 0) { root count } } }';
    const answer = await ask<{ program: { anchor: { root: Hex; count: number } | null } }>(query);
    return answer.program.anchor;
  };
  await until('the log is anchored', async () => (await anchored()) !== null);
  const anchor = await anchored();
  expect(anchor).toEqual(await onChain(0));
  expect(anchor?.count).toBe(7);

  const answer = await ask<{ member: { actionProof: { file: string } } }>(proof);
  const read = proofIn(answer.member.actionProof.file);
  expect(read.entry).toMatchObject({
    contract: service.mine.program.address,
    eventId: '2',
    evidenceHash: EVIDENCE,
  });
  expect(checkProof(read, anchor?.root ?? '0x')).toBe(true);
  const forged = { ...read, entry: { ...read.entry, count: 2 } };
  expect(checkProof(forged, anchor?.root ?? '0x')).toBe(false);
  expect(await verified(answer.member.actionProof.file)).toMatchObject({
    exitCode: EXIT_OK,
    stdout: expect.stringContaining('The entry stood in the log of epoch 0') as string,
  });
  expect((await verified(proofJson(forged))).exitCode).toBe(EXIT_DIFFERENT);
  const proofOfVoid = (eventId: string) =>
    ask<{ member: { voidProof: { file: string } | null } }>(
      `{ member(memberId: "mei") { voidProof(eventId: "${eventId}") { file anchor { root } } } }`,
    );
  expect(await proofOfVoid('2')).toEqual({ member: { voidProof: null } });
  const { member } = await proofOfVoid('3');
  const voided = proofIn(member.voidProof?.file ?? '');
  expect(voided.entry).toMatchObject({ kind: 'void', eventId: '3', occurredAtMs: null });
  expect((await verified(member.voidProof?.file ?? '')).exitCode).toBe(EXIT_OK);
  // What was moved stands there with the time to which it was.
  const moved = await ask<{ member: Record<'hold' | 'release', { file: string }> }>(
    '{ member(memberId: "mei") { hold: holdProof(eventId: "4") { file } release: releaseProof(eventId: "4") { file } } }',
  );
  for (const kind of ['hold', 'release'] as const) {
    const { file } = moved.member[kind];
    expect(proofIn(file).entry).toMatchObject({ kind, eventId: '4', occurredAtMs: null });
    expect((await verified(file)).exitCode).toBe(EXIT_OK);
  }
});

it('takes evidence as part of an action, and refuses what is none', async () => {
  const occurredAt = new Date(STARTS_AT_MS + DAY_MS).toISOString();
  const action = { memberId: 'ben', eventId: '1', rule: 'visit', occurredAt };
  const record = `mutation ($input: ActionsRecordInput!) { actionsRecord(input: $input) { results { status code field } } }`;
  const result = async (more: object): Promise<unknown> => {
    const input = { actions: [{ ...action, ...more }] };
    const answer = await ask<{ actionsRecord: { results: unknown[] } }>(record, { input });
    return answer.actionsRecord.results[0];
  };
  expect(await result({ evidenceHash: '0x12' })).toMatchObject({
    ...{ status: 'REJECTED', code: 'MALFORMED', field: 'actions[0].evidenceHash' },
  });
  expect(await result({ evidenceHash: EVIDENCE })).toMatchObject({ status: 'RECORDED' });
  const upper = EVIDENCE.toUpperCase().replace('0X', '0x');
  expect(await result({ evidenceHash: upper })).toMatchObject({ status: 'DUPLICATE' });
  expect(await result({})).toMatchObject({ status: 'REJECTED', code: 'EVENT_ID_REUSED' });
});
