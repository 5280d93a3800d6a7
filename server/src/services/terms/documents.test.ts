import type { Hex } from '@dewpoint/contracts/statement.ts';
import { describe, expect, it } from 'vitest';
import { contractCodec } from '../../chain/programs/contractCodec.ts';
import { MAX_DOCUMENTS_A_DAY, NO_DOCUMENT } from '../../domain/terms/document.ts';
import type { Program } from '../../domain/program.ts';
import { RECORDED_PROGRAM } from '../../testing/builders/program.ts';
import { createDocuments } from './documents.ts';

const DAY_MS = 86_400_000;
const mine = RECORDED_PROGRAM;
const theirs: Program = { ...RECORDED_PROGRAM, organisationId: 'org_theirs' };

function start() {
  let wallMs = 1_000;
  const texts = new Map<Hex, string>();
  const claims = new Map<string, { organisationId: string; atMs: number }>();
  const documents = createDocuments({
    documents: {
      put: ({ hash, text }) => Promise.resolve(void texts.set(hash, text)),
      find: (hash) => {
        const text = texts.get(hash);
        return Promise.resolve(text === undefined ? null : { hash, text });
      },
      claim: (organisationId, hash, atMs) => {
        const key = `${organisationId}:${hash}`;
        if (claims.has(key)) return Promise.resolve(false);
        claims.set(key, { organisationId, atMs });
        return Promise.resolve(true);
      },
      unclaim: (organisationId, hash) =>
        Promise.resolve(void claims.delete(`${organisationId}:${hash}`)),
      hasClaimed: (organisationId, hash) =>
        Promise.resolve(claims.has(`${organisationId}:${hash}`)),
      claimedSince: (organisationId, sinceMs) =>
        Promise.resolve(
          [...claims.values()]
            .filter((claim) => claim.organisationId === organisationId && claim.atMs > sinceMs)
            .map(({ atMs }) => atMs),
        ),
    },
    codec: contractCodec,
    wallNowMs: () => wallMs,
  });
  return { documents, texts, pass: (ms: number) => void (wallMs += ms) };
}

describe('texts that are stored', () => {
  it('are so many a program a day, and the same ones again are no other', async () => {
    const { documents, texts, pass } = start();
    const put = (n: number) => documents.put(mine, `Text ${n}`);
    for (let n = 0; n < MAX_DOCUMENTS_A_DAY; n += 1) await put(n);
    pass(1_000);
    await expect(put(MAX_DOCUMENTS_A_DAY)).rejects.toMatchObject({
      ...{ code: 'QUOTA_USED_UP', retryAfterMs: DAY_MS - 1_000 },
    });
    expect(texts.size).toBe(MAX_DOCUMENTS_A_DAY);
    expect(await put(0)).toMatchObject({ text: 'Text 0' });
    expect(await documents.put(theirs, 'Text of theirs')).toMatchObject({ text: 'Text of theirs' });
    pass(DAY_MS - 1_000);
    expect(await put(MAX_DOCUMENTS_A_DAY)).toMatchObject({ text: `Text ${MAX_DOCUMENTS_A_DAY}` });
  });

  it('are refused together when they come at the same time and are too many', async () => {
    const { documents, texts } = start();
    const many = Array.from({ length: MAX_DOCUMENTS_A_DAY + 5 }, (_none, n) =>
      documents.put(mine, `Text ${n}`),
    );
    await Promise.allSettled(many);
    expect(texts.size).toBeLessThanOrEqual(MAX_DOCUMENTS_A_DAY);
  });
});

describe('a text that rules name', () => {
  it('is one that the program itself has stored: what others have stored makes no difference', async () => {
    const { documents } = start();
    const check = (hash: Hex, program = mine) => documents.checkStored(program, 'hash', hash);
    const hash = contractCodec.hashOf('Ours');
    const before = await check(hash);
    expect(before).toMatchObject({ code: 'UNKNOWN_DOCUMENT', field: 'hash' });
    await documents.put(theirs, 'Ours');
    expect(await check(hash)).toEqual(before);
    await documents.put(mine, 'Ours');
    expect(await check(hash)).toBeNull();
    expect(await check(NO_DOCUMENT)).toBeNull();
  });

  it('may be one that its rules had before, also when it has not stored that', async () => {
    const { documents } = start();
    const { hash } = await documents.put(theirs, 'Ours');
    const [ruleSet] = mine.ruleSets;
    if (ruleSet === undefined) throw new Error('the program has rules');
    const named: Program = { ...mine, ruleSets: [{ ...ruleSet, documentHash: hash }] };
    expect(await documents.checkStored(mine, 'hash', hash)).not.toBeNull();
    expect(await documents.checkStored(named, 'hash', hash)).toBeNull();
  });
});
