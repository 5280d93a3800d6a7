import { Textarea } from '@mantine/core';
import { useState, type FormEvent, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiError } from '../../../../shared/graphql/client.ts';
import { useErrorWords } from '../../../../shared/ui/States.tsx';
import { ActButton } from '../../../access/ActButton.tsx';
import { useWorkplace } from '../../../access/workplace.ts';
import { AnnouncePrint } from './AnnouncePrint.tsx';
import { DocumentPut, type PrintProgram } from './queries.ts';

const MOST_BYTES = 65_536;

const bytesOf = (text: string): number => new TextEncoder().encode(text).length;

/** A new small print: stored first, which changes nothing, then announced as a change of the rules. */
export function NewPrintPanel({ program }: { readonly program: PrintProgram }): JSX.Element {
  const { t, i18n } = useTranslation('settings');
  const errorWords = useErrorWords();
  const { api } = useWorkplace();
  const [text, setText] = useState('');
  const [stored, setStored] = useState<{ text: string; hash: `0x${string}` } | null>(null);
  const [code, setCode] = useState<string | null>(null);
  const [isAsking, setAsking] = useState(false);
  const bytes = bytesOf(text);
  const isLong = bytes > MOST_BYTES;
  const count = new Intl.NumberFormat(i18n.language);
  const store = async (): Promise<void> => {
    setAsking(true);
    setCode(null);
    try {
      const { documentPut } = await api.client.ask(DocumentPut, { input: { text } });
      const hash = documentPut.document?.hash ?? null;
      if (hash === null) setCode(documentPut.userErrors[0]?.code ?? 'OTHER');
      else setStored({ text, hash });
    } catch (error) {
      if (!(error instanceof ApiError)) throw error;
      setCode(error.code);
    } finally {
      setAsking(false);
    }
  };
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (!isAsking) void store();
  };
  const error = isLong ? t('print.tooLong') : code === null ? null : errorWords(code);
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
            onChange={({ currentTarget }) => setText(currentTarget.value)}
          />
          <ActButton
            needs="MANAGER"
            type="submit"
            variant={isStored ? 'default' : 'filled'}
            loading={isAsking}
            disabled={text.trim() === '' || isLong || isStored}
          >
            {t('print.store')}
          </ActButton>
          {isStored && (
            <>
              <p role="status">{t('print.stored')}</p>
              <code className="settings-code">{stored.hash}</code>
            </>
          )}
        </div>
      </form>
      {isStored && <AnnouncePrint key={stored.hash} program={program} hash={stored.hash} />}
    </>
  );
}
