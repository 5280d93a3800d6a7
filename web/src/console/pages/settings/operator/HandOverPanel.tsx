import { Button, TextInput } from '@mantine/core';
import { useCallback, useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { useWallets } from '../../../../shared/browserWallets/useWallets.ts';
import { accountsOf, WalletStop } from '../../../../shared/browserWallets/connect.ts';
import { isRejected, type FoundWallet } from '../../../../shared/browserWallets/discovery.ts';
import { TransactionStatus } from '../../../../shared/transactions/TransactionStatus.tsx';
import { useErrorWords } from '../../../../shared/ui/States.tsx';
import { ActButton } from '../../../access/ActButton.tsx';
import { AskFirst } from '../../../parts/AskFirst.tsx';
import { fieldErrors, useAct } from '../../../writes/useAct.ts';
import { OperatorOffer } from './queries.ts';

const NAME = 'operatorOffer';
const ADDRESS = /^0x[\da-fA-F]{40}$/;

/** Takes the address out of a wallet in this browser: nobody has to type it. */
function FromWallet({ onAddress }: { readonly onAddress: (address: string) => void }) {
  const { t } = useTranslation('settings');
  const wallets = useWallets();
  const [hasFailed, setFailed] = useState(false);
  const take = async ({ provider }: FoundWallet): Promise<void> => {
    setFailed(false);
    try {
      const [account] = await accountsOf(provider);
      if (account !== undefined) onAddress(account);
    } catch (error) {
      if (error instanceof WalletStop || !isRejected(error)) setFailed(true);
    }
  };
  return (
    <div className="settings-ways settings-wallets">
      {(wallets ?? []).map((wallet) => (
        <Button key={wallet.id} variant="default" onClick={() => void take(wallet)}>
          {t('handOver.take', { wallet: wallet.name })}
        </Button>
      ))}
      {hasFailed && <p role="alert">{t('handOver.notTaken')}</p>}
    </div>
  );
}

/** First of the two steps: the role is offered, and nothing changes before it is accepted. */
export function HandOverPanel({
  programName,
  ofService = null,
}: {
  readonly programName: string;
  /** Account of the service, to hand the program back to; left out where it has it. */
  readonly ofService?: string | null;
}): JSX.Element {
  const { t } = useTranslation('settings');
  const errorWords = useErrorWords();
  const [address, setAddress] = useState('');
  const [flaw, setFlaw] = useState<string | null>(null);
  const [wanted, setWanted] = useState<string | null>(null);
  const close = useCallback(() => setWanted(null), []);
  const act = useAct({ name: NAME, kind: NAME, document: OperatorOffer }, close);
  const refused = fieldErrors(act.write, errorWords)['operator'];
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const typed = address.trim();
    if (!ADDRESS.test(typed)) return setFlaw(t('handOver.noAddress'));
    setFlaw(null);
    setWanted(typed);
  };
  return (
    <form className="panel" aria-labelledby="hand-over" onSubmit={submit}>
      <div className="panel-head">
        <h2 id="hand-over">{t('handOver.title')}</h2>
      </div>
      <div className="part settings-stack">
        <p>{t('handOver.words')}</p>
        <ol className="settings-steps">
          <li>{t('handOver.step1')}</li>
          <li>{t('handOver.step2')}</li>
        </ol>
        <p className="settings-warn">{t('handOver.warn')}</p>
      </div>
      <div className="part settings-stack">
        <TextInput
          className="settings-address"
          label={t('handOver.address')}
          autoComplete="off"
          spellCheck={false}
          maxLength={42}
          error={flaw ?? refused}
          value={address}
          onChange={({ currentTarget }) => setAddress(currentTarget.value)}
        />
        <FromWallet onAddress={setAddress} />
        <div className="settings-ways">
          <ActButton needs="OWNER" type="submit" loading={act.isUnderWay}>
            {t('handOver.go')}
          </ActButton>
          {ofService !== null && (
            <ActButton needs="OWNER" variant="default" onClick={() => setWanted(ofService)}>
              {t('handOver.back')}
            </ActButton>
          )}
        </div>
        {wanted === null && <TransactionStatus name={NAME} />}
      </div>
      <AskFirst
        isOpen={wanted !== null}
        title={t('handOver.sure')}
        go={t('handOver.go')}
        needs="OWNER"
        name={NAME}
        typed={{ label: t('handOver.type', { name: programName }), text: programName }}
        isUnderWay={act.isUnderWay}
        onClose={close}
        onGo={() => act.start({ operator: wanted as `0x${string}` })}
      >
        <p>{t('handOver.sureWords')}</p>
        <code className="settings-code">{wanted}</code>
        <p>{t('handOver.when')}</p>
      </AskFirst>
    </form>
  );
}
