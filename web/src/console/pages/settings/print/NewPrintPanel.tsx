import { Textarea } from '@mantine/core';
import type { FormEvent, JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { TransactionStatus } from '../../../../shared/transactions/TransactionStatus.tsx';
import { useErrorWords } from '../../../../shared/ui/States.tsx';
import { ActButton } from '../../../access/ActButton.tsx';
import { useWorkplace } from '../../../access/workplace.ts';
import { fieldErrors, useAct } from '../../../writes/useAct.ts';
import { AnnouncePrint } from './AnnouncePrint.tsx';
import { DocumentPut, hashIn, type PrintProgram } from './queries.ts';
import { useKeptPrint } from './useKeptPrint.ts';

const NAME = 'documentPut';

const MOST_BYTES = 65_536;

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** A new small print: stored first, which changes nothing, then announced as a change of the rules. */
export function NewPrintPanel({ program }: { readonly program: PrintProgram }): JSX.Element {
  const { t, i18n } = useTranslation('settings');
  const errorWords = useErrorWords();
  const { programId } = useWorkplace();
  const [{ text, sent, stored }, setPrint, forgetPrint] = useKeptPrint(programId);
  const act = useAct(
    { name: NAME, kind: NAME, document: DocumentPut, isKeyless: true },
    ({ payload }) => {
      const hash = hashIn(payload);
      if (hash !== null && sent !== null) setPrint({ stored: { text: sent, hash } });
    },
  );
  const bytes = bytesOf(text);
  const isLong = bytes > MOST_BYTES;
  const count = new Intl.NumberFormat(i18n.language);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (act.isUnderWay) return;
    setPrint({ sent: text });
    act.start({ text });
  };
  const error = isLong ? t('print.tooLong') : fieldErrors(act.write, errorWords)['text'];
  const isStored = stored !== null && stored.text === text;
  return (
    <>
      <form className="panel" aria-labelledby="print-new" onSubmit={submit}>
        <div className="panel-head">
          <h2 id="print-new">{t('print.new')}</h2>
        </div>
        <div className="part settings-stack">
          <p>{t('print.newWords')}</p>
          <Textarea
            className="settings-print"
            label={t('print.text')}
            description={t('print.size', {
              bytes: count.format(bytes),
              most: count.format(MOST_BYTES),
            })}
            rows={10}
            error={error}
            value={text}
            onChange={({ currentTarget }) => setPrint({ text: currentTarget.value })}
          />
          <ActButton
            needs="MANAGER"
            type="submit"
            variant={isStored ? 'default' : 'filled'}
            loading={act.isUnderWay}
            disabled={text.trim() === '' || isLong || isStored}
          >
            {t('print.store')}
          </ActButton>
          {!isStored && <TransactionStatus name={NAME} />}
          {isStored && (
            <>
              <p role="status">{t('print.stored')}</p>
              <code className="settings-code">{stored.hash}</code>
            </>
          )}
        </div>
      </form>
      {isStored && (
        <AnnouncePrint
          key={stored.hash}
          program={program}
          hash={stored.hash}
          onDone={forgetPrint}
        />
      )}
    </>
  );
}
