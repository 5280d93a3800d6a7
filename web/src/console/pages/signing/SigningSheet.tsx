import { Button, Modal } from '@mantine/core';
import { useSyncExternalStore, type JSX } from 'react';
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

function RequestFacts({
  asked,
  checked,
}: {
  readonly asked: SigningAsked;
  readonly checked: CheckedRequest;
}): JSX.Element {
  const { t } = useTranslation('signing');
  const { request, kind } = asked;
  const { program, call, toSign } = checked;
  return (
    <Details title={t('details.title')}>
      <Fact name={t('details.kind')}>{kind}</Fact>
      <Fact name={t('details.account')}>{request.account}</Fact>
      <Fact name={t('details.chain')}>{program.chainId}</Fact>
      {call !== null && <Fact name={t('details.contract')}>{call.to}</Fact>}
      <Fact name={t('details.forwarder')}>{program.settings.forwarder}</Fact>
      <Fact name={t('details.data')}>{toSign ?? request.json}</Fact>
    </Details>
  );
}

/** It is not what was asked for: no wallet is asked. */
function Stopped({
  asked,
  checked,
}: {
  readonly asked: SigningAsked;
  readonly checked: CheckedRequest;
}): JSX.Element {
  const { t } = useTranslation('signing');
  return (
    <>
      <p className="signing-problem" role="alert">
        {t(`flaw.${checked.flaw ?? 'shape'}`)} {t('flaw.stopped')}
      </p>
      <RequestFacts asked={asked} checked={checked} />
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
  const { call, parts } = useSigningWords(asked, checked.program);
  const wallets = useWallets();
  const { problem, isAsking, isHandingIn, sign } = useSigning(writes, asked);
  const { account } = checked;
  return (
    <>
      <div className="signing-call">
        <p>{call}</p>
        {parts.length > 0 && (
          <dl className="signing-parts">
            {parts.map(({ name, value }) => (
              <Fact key={name} name={name}>
                {value}
              </Fact>
            ))}
          </dl>
        )}
      </div>
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
      <p role="status">{isHandingIn ? t('handingIn') : isAsking && t('lookThere')}</p>
      <p className="fine">
        {t('until')} <When iso={asked.request.expiresAt} />
      </p>
      <RequestFacts asked={asked} checked={checked} />
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
  if (checked.flaw !== null) return <Stopped asked={asked} checked={checked} />;
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
  const isHandingIn = useSyncExternalStore(writes.watch, () => writes.isHandingIn(asked.name));
  return (
    <Modal
      opened
      onClose={close}
      title={t('title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('close'), disabled: isHandingIn }}
      closeOnEscape={!isHandingIn}
      closeOnClickOutside={!isHandingIn}
    >
      <div className="signing">
        <Checked writes={writes} asked={asked} />
        <Button variant="default" disabled={isHandingIn} onClick={close}>
          {t('leave')}
        </Button>
      </div>
    </Modal>
  );
}
