import { NativeSelect } from '@mantine/core';
import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Choices, DraftText, Lock, useWrongWords, type Answer, type StepProps } from './parts.tsx';
import type { EpochLength } from './draft/draft.ts';

const NOTICES = ['7', '14', '30', '60'] as const;
const EPOCHS: readonly EpochLength[] = ['DAY', 'WEEK', 'HOUR'];
const HOURS = 24;
/** The settlement window that each length of an epoch begins with: a month or so, at least a week. */
const WINDOWS: Readonly<Record<EpochLength, string>> = { HOUR: '252', DAY: '40', WEEK: '8' };

/** A token that another program of the organisation pays in. */
export interface KnownToken {
  readonly address: string;
  readonly symbol: string;
  readonly decimals: number;
}

function Token({ tokens, ...step }: StepProps & { readonly tokens: readonly KnownToken[] }) {
  const { t } = useTranslation('newProgram');
  const { draft, onChange } = step;
  const known = tokens.find(({ address }) => address.toLowerCase() === draft.token.toLowerCase());
  return (
    <div className="np-group">
      <h3>
        <Lock />
        {t('token.title')}
      </h3>
      <p className="np-why">{t('token.words')}</p>
      {tokens.length > 0 && (
        <NativeSelect
          label={t('token.known')}
          data={[
            ...tokens.map(({ address, symbol }) => ({
              value: address,
              label: `${symbol} · ${address.slice(0, 8)}…${address.slice(-4)}`,
            })),
            { value: '', label: t('token.other') },
          ]}
          value={known?.address ?? ''}
          onChange={({ currentTarget }) => onChange({ token: currentTarget.value })}
        />
      )}
      <DraftText name="token" {...step} />
    </div>
  );
}

/** What nobody can ever change: each choice with what it means, and what a longer or shorter one would. */
export function StepForEver({
  tokens,
  zone,
  firstNotice,
  ...step
}: StepProps & {
  readonly tokens: readonly KnownToken[];
  /** The notice in days that the form begins with, which may be any. */
  readonly firstNotice: string;
  /** Name of the reader's time zone. */
  readonly zone: string;
}): JSX.Element {
  const { t } = useTranslation('newProgram');
  const wrongWords = useWrongWords();
  const { draft, wrong, onChange } = step;
  const yesOrNo = (name: 'transferable' | 'backed') =>
    (['no', 'yes'] as const).map((value) => ({
      value,
      title: t(`${name}.${value}.title`),
      words: t(`${name}.${value}.words`),
    }));
  const notices: Answer[] = NOTICES.map((value) => ({
    value,
    title: t('notice.days', { days: value }),
    words: t(`notice.after.${value}`),
  }));
  if (!notices.some(({ value }) => value === firstNotice)) {
    const title = t('notice.days', { days: firstNotice });
    notices.unshift({ value: firstNotice, title, words: t('notice.copied') });
  }
  return (
    <>
      <Choices
        isForEver
        legend={t('backed.title')}
        words={t('backed.words')}
        value={draft.backed ? 'yes' : 'no'}
        choices={yesOrNo('backed').filter(({ value }) => draft.hasBuyback || value === 'no')}
        onChoose={(value) => onChange({ backed: value === 'yes' })}
      />
      <Choices
        isForEver
        legend={t('notice.title')}
        words={t('notice.words')}
        value={draft.noticeDays}
        choices={notices}
        onChoose={(noticeDays) => onChange({ noticeDays })}
      />
      <div className="np-group">
        <h3>
          <Lock />
          {t('objection.title')}
        </h3>
        <p className="np-why">{t('objection.words')}</p>
        <div className="np-row">
          <DraftText name="threshold" isNumber unit="%" {...step} />
          <DraftText name="objectionCap" isNumber {...step} />
        </div>
      </div>
      <Choices
        isForEver
        legend={t('epoch.title')}
        words={t('epoch.words')}
        value={draft.epoch}
        choices={EPOCHS.map((value) => ({
          value,
          title: t(`epoch.${value}.title`),
          words: t(`epoch.${value}.words`),
        }))}
        onChoose={(value) => {
          const epoch = EPOCHS.find((one) => one === value) ?? 'DAY';
          onChange({ epoch, settlementWindow: WINDOWS[epoch] });
        }}
      >
        <div className="np-row">
          {draft.epoch !== 'HOUR' && (
            <NativeSelect
              label={t('startHour.label')}
              description={t('startHour.why', { zone })}
              data={Array.from({ length: HOURS }, (_, hour) => ({
                value: `${hour}`,
                label: `${hour}`.padStart(2, '0') + ':00',
              }))}
              error={wrongWords(wrong['startHour'])}
              value={draft.startHour}
              onChange={({ currentTarget }) => onChange({ startHour: currentTarget.value })}
            />
          )}
          <DraftText name="settlementWindow" isNumber unit={t('epochs')} {...step} />
        </div>
      </Choices>
      <Token tokens={tokens} {...step} />
      <Choices
        isForEver
        legend={t('transferable.title')}
        words={t('transferable.words')}
        value={draft.transferable ? 'yes' : 'no'}
        choices={yesOrNo('transferable')}
        onChoose={(value) => onChange({ transferable: value === 'yes' })}
      />
      <div className="np-group">
        <h3>
          <Lock />
          {t('deadline.title')}
        </h3>
        <DraftText name="deadlineDays" isNumber unit={t('days')} {...step} />
      </div>
    </>
  );
}
