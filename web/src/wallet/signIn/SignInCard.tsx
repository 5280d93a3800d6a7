import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useErrorWords } from '../../shared/ui/States.tsx';
import { useWallets } from '../../shared/browserWallets/useWallets.ts';
import { WalletList } from '../../shared/browserWallets/WalletList.tsx';
import { usePointName } from '../shell/useProgram.ts';
import { useSignIn, type SignInProblem } from './useSignIn.ts';

function SignInTrouble({ problem }: { readonly problem: SignInProblem }): JSX.Element {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const errorWords = useErrorWords();
  const words = (): string => {
    if (typeof problem !== 'string') return errorWords(problem.code);
    if (problem === 'notLinked' || problem === 'notSigned')
      return t(`signIn.${problem}`, { points });
    return t(`ownWallet.problem.${problem}`);
  };
  return (
    <p className="bar bad" role="alert">
      {words()}
    </p>
  );
}

/** Wallets of this browser to sign in with, or what to do where there is none. */
function Wallets(): JSX.Element | null {
  const { t } = useTranslation('wallet');
  const wallets = useWallets();
  const { problem, isAsking, signIn } = useSignIn();
  if (wallets === null) return null;
  if (wallets.length === 0) return <p role="status">{t('signIn.none')}</p>;
  return (
    <>
      {problem !== null && <SignInTrouble problem={problem} />}
      <WalletList wallets={wallets} isOff={isAsking} onChoose={signIn} />
      <p role="status">{isAsking ? t('ownWallet.lookThere') : t('signIn.costsNothing')}</p>
    </>
  );
}

/** A way in for members whose points are in a wallet of their own. */
export function SignInCard(): JSX.Element {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const [isOpen, setOpen] = useState(false);
  return (
    <section className="card" aria-labelledby="sign-in-title">
      <h2 id="sign-in-title">{t('signIn.title')}</h2>
      <p>{t('signIn.words', { points })}</p>
      {isOpen ? (
        <Wallets />
      ) : (
        <div className="actions">
          <button className="button" type="button" onClick={() => setOpen(true)}>
            {t('signIn.open')}
          </button>
        </div>
      )}
    </section>
  );
}
