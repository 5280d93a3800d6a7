import { useCallback, useEffect, useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { showTime } from '../../shared/format/dates.ts';
import { ApiError } from '../../shared/graphql/client.ts';
import { QrCode } from '../../shared/ui/qr/QrCode.tsx';
import { useErrorWords } from '../../shared/ui/States.tsx';
import { useWallet } from '../shell/wallet.ts';
import { linkWithTicket, walletWithTicket } from './linkTicket.ts';

type Code = NonNullable<Awaited<ReturnType<typeof linkWithTicket>>>;

/** There is no wallet in this browser: how to open the page where there is one, by a code that is good once. */
export function NoWallet({
  page = null,
}: {
  /** Page of the wallet that is opened there; null for the one that links a wallet. */
  readonly page?: string | null;
}): JSX.Element {
  const { t, i18n } = useTranslation('wallet');
  const errorWords = useErrorWords();
  const { client, programId } = useWallet();
  const [code, setCode] = useState<Code | null>(null);
  const [error, setError] = useState<string | null>(null);
  const make = useCallback(async () => {
    setError(null);
    try {
      setCode(
        page === null
          ? await linkWithTicket(client, programId)
          : await walletWithTicket(client, programId, page),
      );
    } catch (failed) {
      if (!(failed instanceof ApiError)) throw failed;
      setError(failed.code);
    }
  }, [client, programId, page]);
  useEffect(() => void make(), [make]);
  return (
    <section className="card" aria-labelledby="no-wallet-title">
      <h2 id="no-wallet-title">{t('ownWallet.none.title')}</h2>
      <p>{t('ownWallet.none.words')}</p>
      <ol className="link-steps">
        <li>{t('ownWallet.none.step1')}</li>
        <li>{t('ownWallet.none.step2')}</li>
        <li>{t('ownWallet.none.step3')}</li>
      </ol>
      {code === null ? (
        // As tall as what comes, so that the button stays where it is.
        <div className="link-code" aria-hidden="true" />
      ) : (
        <figure className="link-code">
          <QrCode text={location.origin + code.path} label={t('ownWallet.none.code')} />
          <figcaption>
            {t('ownWallet.none.until', { time: showTime(code.expiresAt, i18n.language) })}
          </figcaption>
        </figure>
      )}
      {error !== null && <p role="alert">{errorWords(error)}</p>}
      <div className="actions">
        <button className="button quiet" type="button" onClick={() => void make()}>
          {t('ownWallet.none.again')}
        </button>
      </div>
    </section>
  );
}
