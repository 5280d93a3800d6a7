import { useCallback, useEffect, useReducer, useRef } from 'react';
import type {
  AuditFailure,
  AuditTarget,
  JudgedFile,
  ProgramRead,
  VerifiedAudit,
  WorkerNews,
  WorkerTask,
} from './protocol.ts';
import { startWorker } from './startWorker.ts';
import type { Progress } from '@dewpoint/contracts/verifier/report/progressLine.ts';
import { LOCAL_CHAIN } from '../link/chains.ts';

/** How far the audit has come. What was found before stays while more is read. */
export interface Audit {
  readonly phase: 'reading' | 'read' | 'verifying' | 'verified' | 'stopped' | 'failed';
  readonly read: ProgramRead | null;
  readonly verified: VerifiedAudit | null;
  readonly progress: Progress | null;
  readonly failure: AuditFailure | null;
  /** Files that were judged, the newest first. */
  readonly judged: readonly JudgedFile[];
}

const NOTHING: Audit = {
  ...{ phase: 'reading', read: null, verified: null, progress: null, failure: null, judged: [] },
};

/** A longer history is verified when a visitor asks for it. */
const MOST_BLOCKS_UNASKED = 200_000;

type News = WorkerNews | { readonly kind: 'begin' } | { readonly kind: 'verifying' };

function after(audit: Audit, news: News): Audit {
  switch (news.kind) {
    case 'begin':
      return NOTHING;
    case 'verifying':
      return { ...audit, phase: 'verifying', progress: null, failure: null };
    case 'read':
      return { ...audit, phase: 'read', read: news.read };
    case 'progress':
      return { ...audit, progress: news.progress };
    case 'verified':
      return { ...audit, phase: 'verified', verified: news.verified, progress: null, judged: [] };
    case 'judged': {
      const { verified } = audit;
      return {
        ...audit,
        verified: verified === null ? null : { ...verified, json: news.json },
        judged: [news.judged, ...audit.judged],
      };
    }
    case 'stopped':
      return { ...audit, phase: 'stopped', progress: null };
    case 'failed':
      return { ...audit, phase: 'failed', progress: null, failure: news.failure };
  }
}

/** What the page can ask for. */
export interface AuditControls {
  verify(): void;
  stop(): void;
  /** Reads everything again. */
  again(): void;
  judge(bytes: Uint8Array): void;
}

/** Reads and judges a program in a worker of its own, which ends with the page. */
export function useAudit(target: AuditTarget, isUnasked: boolean): Audit & AuditControls {
  const [audit, tell] = useReducer(after, NOTHING);
  const worker = useRef<Worker | null>(null);
  const { chainId, program, fromBlock, nodeUrl } = target;

  const ask = useCallback((task: WorkerTask) => worker.current?.postMessage(task), []);
  const begin = useCallback(() => {
    worker.current?.terminate();
    const started = startWorker();
    worker.current = started;
    const asked: AuditTarget = { chainId, program, fromBlock, nodeUrl };
    started.onmessage = ({ data }: MessageEvent<WorkerNews>) => {
      tell(data);
      if (data.kind !== 'read' || !isUnasked) return;
      const blocks = data.read.now.head.block - fromBlock;
      if (chainId !== LOCAL_CHAIN && blocks > MOST_BLOCKS_UNASKED) return;
      tell({ kind: 'verifying' });
      started.postMessage({ kind: 'verify', target: asked } satisfies WorkerTask);
    };
    started.onerror = ({ message }) =>
      tell({ kind: 'failed', failure: { kind: 'other', words: message, foundChain: null } });
    tell({ kind: 'begin' });
    started.postMessage({ kind: 'read', target: asked } satisfies WorkerTask);
  }, [chainId, program, fromBlock, nodeUrl, isUnasked]);

  useEffect(() => {
    begin();
    return () => worker.current?.terminate();
  }, [begin]);

  return {
    ...audit,
    verify: () => {
      tell({ kind: 'verifying' });
      ask({ kind: 'verify', target: { chainId, program, fromBlock, nodeUrl } });
    },
    stop: () => ask({ kind: 'stop' }),
    again: begin,
    judge: (bytes) => ask({ kind: 'judge', bytes }),
  };
}
