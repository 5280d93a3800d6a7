import { Button, Modal } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useWallets } from '../../../shared/browserWallets/useWallets.ts';
import { WalletList } from '../../../shared/browserWallets/WalletList.tsx';
import { Details, Fact } from '../../../shared/ui/Details.tsx';
import { When } from '../../../shared/ui/Values.tsx';
import { CopyButton } from '../../parts/CopyButton.tsx';
import type { SignedWrites, SigningAsked } from '../../writes/signedWrites.ts';
import { useChecked, type CheckedRequest } from './useChecked.ts';
import { useSigning, type SigningProblem } from './useSigning.ts';
import { useSigningWords } from './useSigningWords.ts';
import './signing.css';

/** The two ends of an address are enough to tell it from others. */
const endsOf = (address: string): string => `${address.slice(0, 6)}…${address.slice(-4)}`;

function RequestFacts({ asked }: { readonly asked: SigningAsked }): JSX.Element {
  const { t } = useTranslation('signing');
  const { request, kind } = asked;
  return (
    <Details title={t('details.title')}>
      <Fact name={t('details.kind')}>{kind}</Fact>
      <Fact name={t('details.account')}>{request.account}</Fact>
      <Fact name={t('details.data')}>{request.json}</Fact>
    </Details>
  );
}

/** It is not what was asked for: no wallet is asked. */
function Stopped({ asked, flaw }: { readonly asked: SigningAsked; readonly flaw: string }) {
  const { t } = useTranslation('signing');
  return (
    <>
      <p className="signing-problem" role="alert">
        {t(`flaw.${flaw}`)} {t('flaw.stopped')}
      </p>
      <RequestFacts asked={asked} />
    </>
  );
}

/** There is no wallet in this browser: who has to sign, and where. */
function ElsewherePart({ account }: { readonly account: string }): JSX.Element {
  const { t } = useTranslation('signing');
  return (
    <section className="signing-none">
      <h3>{t('none.title')}</h3>
      <p>{t('none.words')}</p>
      <code>{account}</code>
      <div className="signing-ways">
        <CopyButton text={account} label={t('none.copyAccount')} />
        <CopyButton text={location.href} label={t('none.copyPage')} />
      </div>
    </section>
  );
}

const problemWords = (problem: SigningProblem): string => `problem.${problem}`;

/** What is signed, in words; then the wallet. */
function Ready({
  writes,
  asked,
  checked,
}: {
  readonly writes: SignedWrites;
  readonly asked: SigningAsked;
  readonly checked: CheckedRequest;
}): JSX.Element {
  const { t } = useTranslation('signing');
  const wordsOf = useSigningWords();
  const wallets = useWallets();
  const { problem, isAsking, sign } = useSigning(writes, asked);
  const { account } = checked;
  return (
    <>
      <p className="signing-call">{wordsOf(asked, checked.program)}</p>
      <p>{t('compared', { account: endsOf(account) })}</p>
      {problem !== null && (
        <p className="signing-problem" role="alert">
          {t(problemWords(problem), { account: endsOf(account) })}
        </p>
      )}
      {wallets !== null && wallets.length === 0 && <ElsewherePart account={account} />}
      {wallets !== null && wallets.length > 0 && (
        <section className="signing-wallets">
          <h3>{t('choose')}</h3>
          <WalletList
            wallets={wallets}
            isOff={isAsking}
            onChoose={(wallet) => sign(wallet, checked)}
          />
        </section>
      )}
      <p role="status">{isAsking && t('lookThere')}</p>
      <p className="fine">
        {t('until')} <When iso={asked.request.expiresAt} />
      </p>
      <RequestFacts asked={asked} />
    </>
  );
}

function Checked({
  writes,
  asked,
}: {
  readonly writes: SignedWrites;
  readonly asked: SigningAsked;
}) {
  const { t } = useTranslation('shared');
  const checked = useChecked(asked);
  if (checked === null) return <p role="status">{t('loading')}</p>;
  if (checked.flaw !== null) return <Stopped asked={asked} flaw={checked.flaw} />;
  return <Ready writes={writes} asked={asked} checked={checked} />;
}

/** What the operator's own wallet is asked for one write: shown, compared, and only then asked. */
export function SigningSheet({
  writes,
  asked,
}: {
  readonly writes: SignedWrites;
  readonly asked: SigningAsked;
}): JSX.Element {
  const { t } = useTranslation('signing');
  const close = (): void => writes.close(asked.name);
  return (
    <Modal
      opened
      onClose={close}
      title={t('title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close') }}
    >
      <div className="signing">
        <Checked writes={writes} asked={asked} />
        <Button variant="default" onClick={close}>
          {t('leave')}
        </Button>
      </div>
    </Modal>
  );
}
