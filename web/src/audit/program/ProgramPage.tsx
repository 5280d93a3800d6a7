import { useEffect, useRef, type JSX } from 'react';
import { ChangesSection } from '../changes/ChangesSection.tsx';
import { EvidenceSection } from '../evidence/EvidenceSection.tsx';
import { TokenWords, useWords } from '../format/AuditWords.tsx';
import { KeepSection } from '../keep/KeepSection.tsx';
import type { AuditLink } from '../link/auditLink.ts';
import type { KnownChain } from '../link/chains.ts';
import { NowBlock } from '../now/NowBlock.tsx';
import { OrdersSection } from '../orders/OrdersSection.tsx';
import { Explorer } from '../parts/Place.tsx';
import { goTo } from '../parts/SectionLink.tsx';
import { PromisesSection } from '../promises/PromisesSection.tsx';
import { Questions } from '../questions/Questions.tsx';
import { RisksSection, RisksBlock } from '../risks/Risks.tsx';
import { RoundsSection } from '../rounds/RoundsSection.tsx';
import { RulesSection } from '../rules/RulesSection.tsx';
import { SupplySection } from '../supply/SupplySection.tsx';
import { Verdict } from '../verify/Verdict.tsx';
import { Source } from './Source.tsx';
import { useAudit } from '../worker/useAudit.ts';

interface ProgramPageProps {
  readonly link: AuditLink;
  readonly nodeUrl: string;
  readonly chain: KnownChain | null;
  onNode(url: string): void;
}

/** One program: what it is now, whether it kept its promises, and all that was judged. */
export function ProgramPage({ link, nodeUrl, chain, onNode }: ProgramPageProps): JSX.Element {
  const { chainId, program, fromBlock } = link;
  const target = { chainId, program, fromBlock: fromBlock ?? 0, nodeUrl };
  const audit = useAudit(target, fromBlock !== null || chainId === 31_337);
  const { read, verified } = audit;
  useTitle(read?.now.name);
  useFirstPlace(link.at, verified !== null || audit.phase === 'failed');
  return (
    <TokenWords token={read?.token}>
      <Explorer.Provider value={chain?.explorer ?? null}>
        <main className="wrap">
          <Title name={read?.now.name} program={program} />
          <Source
            nodeUrl={nodeUrl}
            read={read}
            chainId={chainId}
            isTest={chain?.test === true}
            onNode={onNode}
          />
          <Verdict audit={audit} nodeUrl={nodeUrl} />
          {read === null ? (
            audit.phase === 'reading' && <Skeleton />
          ) : (
            <>
              <Questions read={read} verified={verified} />
              <div className="two">
                <NowBlock read={read} />
                <RisksBlock read={read} />
              </div>
            </>
          )}
          {read !== null && verified !== null && (
            <div className="sections">
              <RulesSection facts={verified.facts} />
              <ChangesSection facts={verified.facts} />
              <RoundsSection facts={verified.facts} read={read} />
              <SupplySection verified={verified} />
              <OrdersSection facts={verified.facts} />
              <PromisesSection report={verified.report} target={target} />
              <EvidenceSection judged={audit.judged} facts={verified.facts} onFile={audit.judge} />
            </div>
          )}
          {read !== null && <RisksSection read={read} verified={verified} />}
          {read !== null && (
            <KeepSection link={link} nodeUrl={nodeUrl} verified={verified} name={read.now.name} />
          )}
        </main>
      </Explorer.Provider>
    </TokenWords>
  );
}

function Title({ name, program }: { name: string | undefined; program: string }): JSX.Element {
  const { say } = useWords();
  return (
    <div className="title">
      <h1>{name === undefined ? say('titleUnread') : say('title', { name })}</h1>
      <code className="address">{program}</code>
    </div>
  );
}

/** As high as what will be there, so that nothing jumps. */
function Skeleton(): JSX.Element {
  return (
    <div className="questions" aria-hidden="true">
      {[1, 2, 3].map((each) => (
        <div key={each} className="question empty" />
      ))}
    </div>
  );
}

function useTitle(name: string | undefined): void {
  const { say } = useWords();
  useEffect(() => {
    document.title = name === undefined ? say('documentTitle') : say('documentTitleOf', { name });
  }, [name, say]);
}

/** Goes to the part that the link names, once, when it is there. */
function useFirstPlace(at: string | null, isThere: boolean): void {
  const isGone = useRef(false);
  useEffect(() => {
    if (at === null || at === 'questions' || isGone.current || !isThere) return;
    isGone.current = true;
    goTo(at);
  }, [at, isThere]);
}
