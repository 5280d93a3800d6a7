import { useEffect, useLayoutEffect, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { POINT_DECIMALS, showPoints, toBase } from '../../shared/format/amounts.ts';
import { usePolled } from '../../shared/polling/usePolled.ts';
import { TransactionStatus } from '../../shared/transactions/TransactionStatus.tsx';
import { useWrite, useWrites } from '../../shared/transactions/useWrite.ts';
import { useWallets } from '../../shared/browserWallets/useWallets.ts';
import { Loaded, Page } from '../shell/Page.tsx';
import { Header } from '../shell/Header.tsx';
import { SessionBar } from '../shell/SessionBar.tsx';
import { usePointName } from '../shell/useProgram.ts';
import { useWallet } from '../shell/wallet.ts';
import { endsOf, ProblemText, SignCard, WalletChoice } from './LinkSteps.tsx';
import { LinkQuery } from './moveData.ts';
import { NoWallet } from './NoWallet.tsx';
import { MOVE_WRITE, useMove, type LinkView } from './useMove.ts';
import './link.css';

const LINES = [140, 180];
/** How far the move is, and what to do after it. */
function Moved(): JSX.Element {
  const { t } = useTranslation('wallet');
  const { programId } = useWallet();
  const writes = useWrites();
  const write = useWrite(MOVE_WRITE);
  const isDone = write?.phase === 'done';
  return (
    <section className="card">
      <TransactionStatus name={MOVE_WRITE} />
      {isDone && <p>{t('ownWallet.moved')}</p>}
      {(write?.phase === 'refused' || write?.phase === 'failed') && (
        <div className="actions">
          <button className="button" type="button" onClick={() => writes.dismiss(MOVE_WRITE)}>
            {t('ownWallet.again')}
          </button>
        </div>
      )}
      {isDone && (
        <div className="actions">
          <a className="button" href={`/w/${programId}#/`}>
            {t('ownWallet.toWallet')}
          </a>
        </div>
      )}
    </section>
  );
}

function Linking({ viewer }: { readonly viewer: LinkView }): JSX.Element {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const wallets = useWallets();
  const write = useWrite(MOVE_WRITE);
  const { ready, problem, isAsking, choose, sign, back } = useMove(viewer);
  const { member } = viewer;
  if (member === null) return <p>{t('ownWallet.nothingYet', { points })}</p>;
  if (write !== null) return <Moved />;
  const own = member.ownAccount;
  const rest = member.balance.accounts.find(({ account }) => account === member.account)?.settled;
  const hasRest = toBase(rest ?? '0', POINT_DECIMALS) > 0n;
  return (
    <>
      <section className="card">
        {own === null || member.isCustodial ? (
          <p>{t('ownWallet.why', { points })}</p>
        ) : (
          <p>
            {t('ownWallet.linked', { account: endsOf(own), points })}
            {hasRest &&
              `${t('between')}${t('ownWallet.rest', { amount: showPoints(rest ?? '0'), points })}`}
          </p>
        )}
      </section>
      {problem !== null && <ProblemText problem={problem} />}
      {ready !== null && (
        <SignCard viewer={viewer} ready={ready} isAsking={isAsking} onSign={sign} onBack={back} />
      )}
      {ready === null && wallets !== null && wallets.length > 0 && (
        <WalletChoice wallets={wallets} isAsking={isAsking} onChoose={choose} />
      )}
      {ready === null && wallets !== null && wallets.length === 0 && <NoWallet />}
    </>
  );
}

/** A page of its own, at the top of its tab: here a member takes an own wallet, which nobody else can sign for. */
export function LinkPage(): JSX.Element {
  const { t } = useTranslation('wallet');
  const asked = usePolled(LinkQuery);
  useLayoutEffect(() => {
    // Before anything is shown beside it: this page would jump when it goes.
    document.getElementById('shell')?.remove();
  }, []);
  useEffect(() => {
    document.title = t('ownWallet.title');
  }, [t]);
  return (
    <div className="wallet in-page link-wallet">
      <div className="hero bare">
        <Header />
      </div>
      <main className="cards">
        <SessionBar />
        <Page title={t('ownWallet.title')}>
          <Loaded polled={asked} lines={LINES}>
            {({ viewer }) => <Linking viewer={viewer} />}
          </Loaded>
        </Page>
      </main>
    </div>
  );
}
