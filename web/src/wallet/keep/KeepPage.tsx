import { useRef, useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../shared/graphql/client.ts';
import { serviceNowMs } from '../../shared/clock/serviceClock.ts';
import { showMoment } from '../../shared/format/dates.ts';
import { usePolled } from '../../shared/polling/usePolled.ts';
import { useErrorWords } from '../../shared/ui/States.tsx';
import { saveJson } from '../../shared/storage/saveFile.ts';
import { Loaded, Page } from '../shell/Page.tsx';
import { usePointName } from '../shell/useProgram.ts';
import { useCanAct, useWallet } from '../shell/wallet.ts';
import { KeepQuery } from './queries.ts';
import { newExport, type Export } from './takeAlong.ts';
import '../me/me.css';

const LEAST_LETTERS = 10;
const LINES = [160, 260];

/** What the form says about the last try. */
type Outcome = 'none' | 'busy' | 'saved' | ApiError;

/** Runs the export, once for all tries of this page. */
function useKeep(): { readonly outcome: Outcome; keep(passphrase: string): void } {
  const { client, say } = useWallet();
  const { t } = useTranslation('wallet');
  const [outcome, setOutcome] = useState<Outcome>('none');
  const running = useRef<Export | null>(null);
  const run = async (passphrase: string): Promise<void> => {
    setOutcome('busy');
    try {
      running.current ??= newExport();
      const file = await running.current.run(client, passphrase);
      saveJson(`dewpoint-${file.address.slice(0, 8)}.json`, file);
      setOutcome('saved');
      say(t('keep.saved'));
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setOutcome(error);
    }
  };
  return { outcome, keep: (passphrase) => void run(passphrase) };
}

function KeepForm(): JSX.Element {
  const { t, i18n } = useTranslation('wallet');
  const errorWords = useErrorWords();
  const canAct = useCanAct();
  const { outcome, keep } = useKeep();
  const [words, setWords] = useState('');
  const [again, setAgain] = useState('');
  const [wasTried, setTried] = useState(false);
  const isShort = words.length < LEAST_LETTERS;
  const isOther = words !== again;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    setTried(true);
    if (!isShort && !isOther) keep(words);
  };
  const failed = outcome instanceof ApiError ? outcome : null;
  const next =
    failed?.code === 'QUOTA_USED_UP' && failed.retryAfterMs !== null
      ? new Date(serviceNowMs() + failed.retryAfterMs).toISOString()
      : null;
  return (
    <form className="card" onSubmit={submit} noValidate>
      <h2>{t('keep.choose')}</h2>
      <p>{t('keep.stays')}</p>
      <div className="field">
        <label htmlFor="keep-words">{t('keep.passphrase')}</label>
        <input
          id="keep-words"
          type="password"
          autoComplete="new-password"
          value={words}
          aria-describedby="keep-short"
          aria-invalid={wasTried && isShort}
          onInput={({ currentTarget }) => setWords(currentTarget.value)}
        />
        <small id="keep-short" className={wasTried && isShort ? 'bad' : ''}>
          {t('keep.least', { count: LEAST_LETTERS })}
        </small>
      </div>
      <div className="field">
        <label htmlFor="keep-again">{t('keep.again')}</label>
        <input
          id="keep-again"
          type="password"
          autoComplete="new-password"
          value={again}
          aria-describedby="keep-other"
          aria-invalid={wasTried && isOther}
          onInput={({ currentTarget }) => setAgain(currentTarget.value)}
        />
        <small id="keep-other" className="bad">
          {wasTried && isOther ? t('keep.other') : ''}
        </small>
      </div>
      <div className="actions">
        <button className="button" type="submit" disabled={outcome === 'busy' || !canAct}>
          {outcome === 'busy' ? t('keep.busy') : t('keep.do')}
        </button>
      </div>
      <p role="status" className="keep-outcome">
        {outcome === 'saved' && t('keep.saved')}
        {failed !== null &&
          (next === null
            ? errorWords(failed.code)
            : t('keep.onceADay', { moment: showMoment(next, i18n.language) }))}
      </p>
    </form>
  );
}

/** One encrypted file with the key of the account and all receipts, and what to do with it when the app is gone. */
export function KeepPage(): JSX.Element {
  const { t } = useTranslation('wallet');
  const points = usePointName();
  const { data, ...rest } = usePolled(KeepQuery);
  return (
    <Page title={t('keep.title')} back="/me">
      <Loaded polled={{ data: data?.viewer ?? null, ...rest }} lines={LINES}>
        {({ member }) => (
          <>
            <section className="card">
              <p>{t('keep.why', { points })}</p>
              {member?.isCustodial === false && <p>{t('keep.own', { points })}</p>}
            </section>
            {member === null ? <p>{t('keep.nothing', { points })}</p> : <KeepForm />}
            <section className="card">
              <h2>{t('keep.later')}</h2>
              <ol className="keep-steps">
                <li>{t('keep.step1')}</li>
                <li>{t('keep.step2')}</li>
                <li>{t('keep.step3')}</li>
              </ol>
              <p>{t('keep.warning')}</p>
            </section>
          </>
        )}
      </Loaded>
    </Page>
  );
}
