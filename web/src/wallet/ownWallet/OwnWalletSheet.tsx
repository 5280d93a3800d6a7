import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../shared/graphql/client.ts';
import { Details, Fact } from '../../shared/ui/Details.tsx';
import { Sheet } from '../../shared/ui/Sheet.tsx';
import { useErrorWords } from '../../shared/ui/States.tsx';
import { useWallets } from '../../shared/browserWallets/useWallets.ts';
import { WalletList } from '../../shared/browserWallets/WalletList.tsx';
import { walletWithTicket } from '../link/linkTicket.ts';
import { NoWallet } from '../link/NoWallet.tsx';
import { useWallet } from '../shell/wallet.ts';
import type { CallToSign } from './ownWrites.ts';
import { useCallWords } from './useCallWords.ts';
import { useOwnWrites } from './useOwnWrites.ts';
import { useReadCall, type CallVerdict } from './useReadCall.ts';
import { useSending } from './useSending.ts';
import './ownWallet.css';

/** The two ends of an address are enough to tell it from others. */
const endsOf = (address: string): string => `${address.slice(0, 6)}…${address.slice(-4)}`;

/** Page of the wallet that is shown, as it stands in the fragment. */
const pageNow = (): string => location.hash.slice(1) || '/';

/** In a frame: no wallet comes there, so it goes on in a page of its own. */
function InFrame({ name }: { readonly name: string }): JSX.Element {
  const { t } = useTranslation('wallet');
  const errorWords = useErrorWords();
  const own = useOwnWrites();
  const { client, programId, host } = useWallet();
  const [code, setCode] = useState<string | null>(null);
  const open = async (): Promise<void> => {
    setCode(null);
    try {
      const made = await walletWithTicket(client, programId, pageNow());
      if (made === null) return setCode('INTERNAL');
      host.post({ type: 'openTop', path: made.path });
      own.cancel(name);
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setCode(error.code);
    }
  };
  return (
    <>
      <p>{t('ownWallet.frame.words')}</p>
      {code !== null && <p role="alert">{errorWords(code)}</p>}
      <div className="actions">
        <button className="button" type="button" onClick={() => void open()}>
          {t('ownWallet.frame.open')}
        </button>
      </div>
    </>
  );
}

/** The wallet was asked before the page was loaded again. Whether it sent it is for the member to say. */
function Unsure({ name }: { readonly name: string }): JSX.Element {
  const { t } = useTranslation('wallet');
  const own = useOwnWrites();
  return (
    <>
      <p>{t('ownWallet.unsure.words')}</p>
      <div className="actions">
        <button className="button quiet" type="button" onClick={() => own.cancel(name)}>
          {t('ownWallet.unsure.sent')}
        </button>
        <button className="button" type="button" onClick={() => own.askAgain(name)}>
          {t('ownWallet.unsure.again')}
        </button>
      </div>
    </>
  );
}

function CallFacts({ verdict }: { readonly verdict: CallVerdict }): JSX.Element {
  const { t } = useTranslation('wallet');
  const { call } = verdict;
  return (
    <Details title={t('ownWallet.sign.details')}>
      {'read' in verdict && (
        <>
          <Fact name={t('ownWallet.details.from')}>{verdict.from}</Fact>
          <Fact name={t('ownWallet.details.function')}>{verdict.read.name}</Fact>
          {Object.entries(verdict.read.args).map(([arg, value]) => (
            <Fact key={arg} name={arg}>
              {value}
            </Fact>
          ))}
        </>
      )}
      <Fact name={t('ownWallet.details.contract')}>{call.to}</Fact>
      <Fact name={t('me.chain')}>{call.chainId}</Fact>
      <Fact name={t('ownWallet.details.data')}>{call.data}</Fact>
    </Details>
  );
}

/** It is not what was asked for: no wallet is asked. */
function Flawed({ verdict }: { readonly verdict: CallVerdict & { readonly flaw: string } }) {
  const { t } = useTranslation('wallet');
  return (
    <>
      <p className="bar bad" role="alert">
        {t(`ownWallet.flaw.${verdict.flaw}`)}
        {t('between')}
        {t('ownWallet.flaw.stopped')}
      </p>
      <CallFacts verdict={verdict} />
    </>
  );
}

/** What the wallet will be asked, in words; then the wallet. */
function Ready({
  name,
  verdict,
}: {
  readonly name: string;
  readonly verdict: Extract<CallVerdict, { read: object }>;
}): JSX.Element {
  const { t } = useTranslation('wallet');
  const wordsOf = useCallWords();
  const wallets = useWallets();
  const { problem, isAsking, isFeeSaid, send } = useSending(name);
  const { call, read, from } = verdict;
  const account = endsOf(from);
  return (
    <>
      <p className="call-words">{wordsOf(read)}</p>
      <p>
        {t('ownWallet.compared', { account })}
        {!isFeeSaid && `${t('between')}${t('ownWallet.fee')}`}
      </p>
      {problem !== null && (
        <p className="bar bad" role="alert">
          {t(`ownWallet.problem.${problem}`, { account })}
        </p>
      )}
      {wallets !== null && wallets.length === 0 && <NoWallet page={pageNow()} />}
      {wallets !== null && wallets.length > 0 && (
        <>
          <h3 className="call-choose">{t('ownWallet.goOnIn')}</h3>
          <WalletList
            wallets={wallets}
            isOff={isAsking}
            onChoose={(wallet) => send(wallet, call, from)}
          />
        </>
      )}
      <p role="status">{isAsking && t('ownWallet.lookThere')}</p>
      <CallFacts verdict={verdict} />
    </>
  );
}

function ToSign({ asked }: { readonly asked: CallToSign }): JSX.Element {
  const { t } = useTranslation('shared');
  const verdict = useReadCall(asked);
  if (verdict === null) return <p role="status">{t('loading')}</p>;
  if ('flaw' in verdict) return <Flawed verdict={verdict} />;
  return <Ready name={asked.name} verdict={verdict} />;
}

/** What the own wallet will be asked for one write: shown, compared, and only then asked. */
export function OwnWalletSheet({
  name,
  phase,
}: {
  readonly name: string;
  readonly phase: 'checking' | 'toSign' | 'unsure';
}): JSX.Element {
  const { t } = useTranslation('wallet');
  const { t: shared } = useTranslation('shared');
  const own = useOwnWrites();
  const { session } = useWallet();
  const asked = own.toSign(name);
  const isFrame = session.place === 'frame';
  return (
    <Sheet title={t('ownWallet.signTitle')} onClose={() => own.close(name)}>
      <div className="call-sheet">
        {isFrame && <InFrame name={name} />}
        {!isFrame && phase === 'checking' && <p role="status">{shared('loading')}</p>}
        {!isFrame && phase === 'unsure' && <Unsure name={name} />}
        {!isFrame && phase === 'toSign' && asked !== null && <ToSign asked={asked} />}
      </div>
    </Sheet>
  );
}
