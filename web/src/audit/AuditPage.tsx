import { useEffect, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { fragmentOf, hasKey, linkIn, type AuditLink } from './link/auditLink.ts';
import { LOCAL_CHAIN, type KnownChain } from './link/chains.ts';
import { ProgramPage } from './program/ProgramPage.tsx';
import { PageHead } from './start/PageHead.tsx';
import { StartPage } from './start/StartPage.tsx';
import './page.css';

/** A page that was kept names its program itself, since a file is opened without a fragment. */
function firstFragment(): string {
  if (location.hash.length > 2) return location.hash;
  return document.querySelector<HTMLMetaElement>('meta[name="dewpoint-audit"]')?.content ?? '';
}

/** The link that the page shows; the address bar follows it, without the key of a node. */
function useLink(): [AuditLink | null, (link: AuditLink | null) => void] {
  const [link, setLink] = useState(() => linkIn(firstFragment()));
  useEffect(() => {
    const follow = (): void => {
      const next = linkIn(location.hash);
      setLink((before) => {
        const isSame = next?.program === before?.program && next?.chainId === before?.chainId;
        // A node with a key is in memory only: going around the page must not lose it.
        if (isSame && next !== null && next.nodeUrl === null) {
          return { ...next, nodeUrl: before?.nodeUrl ?? null };
        }
        return next;
      });
    };
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  useEffect(() => {
    if (link === null) return;
    const fragment = fragmentOf(link);
    if (location.hash === fragment) return;
    const holdsKey = link.nodeUrl !== null && hasKey(link.nodeUrl);
    if (holdsKey || location.hash.length < 2) history.replaceState(null, '', fragment);
    else history.pushState(null, '', fragment);
  }, [link]);
  return [link, setLink];
}

/** The audit page: finds a program, then answers, verifies and explains it. */
export function AuditPage({ chains }: { chains: readonly KnownChain[] }): JSX.Element {
  const { t } = useTranslation('audit');
  const [link, setLink] = useLink();
  const chain = chains.find(({ id }) => id === link?.chainId) ?? null;
  const nodeUrl = link?.nodeUrl ?? chain?.node ?? null;
  const isTest = link !== null && (chain?.test === true || link.chainId === LOCAL_CHAIN);
  useEffect(() => {
    if (link === null) document.title = t('documentTitle');
  }, [link, t]);
  const open = (next: AuditLink | null): void => {
    if (next === null) history.pushState(null, '', '#/');
    setLink(next);
    scrollTo(0, 0);
  };
  return (
    <>
      <PageHead
        testChain={isTest ? (link?.chainId ?? null) : null}
        onLeave={() => open(null)}
        hasProgram={link !== null}
      />
      {link === null || nodeUrl === null ? (
        <StartPage chains={chains} link={link} onOpen={open} />
      ) : (
        <ProgramPage
          key={`${link.chainId} ${link.program} ${nodeUrl} ${link.fromBlock ?? ''}`}
          link={link}
          nodeUrl={nodeUrl}
          chain={chain}
          onNode={(url) => setLink({ ...link, nodeUrl: url })}
        />
      )}
    </>
  );
}
