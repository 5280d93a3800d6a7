import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { POINT_DECIMALS, showPoints, toBase } from '../../shared/format/amounts.ts';
import { showMoment } from '../../shared/format/dates.ts';
import { Details, Fact } from '../../shared/ui/Details.tsx';
import { useErrorWords } from '../../shared/ui/States.tsx';
import { usePointName } from '../shell/useProgram.ts';
import type { FoundWallet } from '../../shared/browserWallets/discovery.ts';
import { WalletList } from '../../shared/browserWallets/WalletList.tsx';
import type { LinkProblem, LinkView, ReadyMove } from './useMove.ts';

const MS_PER_SECOND = 1_000;

/** The two ends of an address are enough to tell it from others. */
export const endsOf = (address: string): string => `${address.slice(0, 6)}…${address.slice(-4)}`;

/** What went wrong, and that nothing was moved by it. */
export function ProblemText({ problem }: { readonly problem: LinkProblem }): JSX.Element {
  const { t } = useTranslation('wallet');
  const errorWords = useErrorWords();
  return (
    <p className="bar bad" role="alert">
      {typeof problem === 'string' ? t(`ownWallet.problem.${problem}`) : errorWords(problem.code)}
    </p>
  );
}

/** Wallets of this browser, to choose one. */
export function WalletChoice({
  wallets,
  isAsking,
  onChoose,
}: {
  readonly wallets: readonly FoundWallet[];
  readonly isAsking: boolean;
  readonly onChoose: (wallet: FoundWallet) => void;
}): JSX.Element {
  const { t } = useTranslation('wallet');
  return (
    <section className="card" aria-labelledby="choose-title">
      <h2 id="choose-title">{t('ownWallet.choose')}</h2>
      <WalletList wallets={wallets} isOff={isAsking} onChoose={onChoose} />
      <p>{isAsking ? t('ownWallet.lookThere') : t('ownWallet.chooseWords')}</p>
    </section>
  );
}

/** What the wallet is about to sign, in words, before it is asked. */
export function SignCard({
  viewer,
  ready: { wallet, move },
  isAsking,
  onSign,
  onBack,
}: {
  readonly viewer: LinkView;
  readonly ready: ReadyMove;
  readonly isAsking: boolean;
  readonly onSign: () => void;
  readonly onBack: () => void;
}): JSX.Element {
  const { t, i18n } = useTranslation('wallet');
  const points = usePointName();
  const account = viewer.member?.balance.accounts.find((each) => each.account === move.from);
  const locked = account?.locked ?? '0';
  const until = new Date(move.deadline * MS_PER_SECOND).toISOString();
  const words = { amount: showPoints(account?.settled ?? '0'), points, to: endsOf(move.to) };
  return (
    <section className="card" aria-labelledby="sign-title">
      <h2 id="sign-title">{t('ownWallet.sign.title')}</h2>
      <ul className="link-says">
        <li>{t('ownWallet.sign.moves', words)}</li>
        <li>{t('ownWallet.sign.noUndo')}</li>
        {toBase(locked, POINT_DECIMALS) > 0n && (
          <li>{t('ownWallet.sign.locked', { locked: showPoints(locked), points })}</li>
        )}
        <li>{t('ownWallet.sign.fee')}</li>
      </ul>
      <p>{t('ownWallet.sign.compared')}</p>
      <div className="actions">
        <button className="button" type="button" disabled={isAsking} onClick={onSign}>
          {isAsking ? t('ownWallet.lookThere') : t('ownWallet.sign.sign', { wallet: wallet.name })}
        </button>
        <button className="button quiet" type="button" onClick={onBack}>
          {t('back')}
        </button>
      </div>
      <Details title={t('ownWallet.sign.details')}>
        <Fact name={t('ownWallet.sign.from')}>{move.from}</Fact>
        <Fact name={t('ownWallet.sign.to')}>{move.to}</Fact>
        <Fact name={t('ownWallet.sign.until')}>{showMoment(until, i18n.language)}</Fact>
        <Fact name={t('me.program')}>{move.points}</Fact>
        <Fact name={t('me.chain')}>{move.chainId}</Fact>
      </Details>
    </section>
  );
}
