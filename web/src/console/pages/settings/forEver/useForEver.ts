import { useTranslation } from 'react-i18next';
import { showPoints } from '../../../../shared/format/amounts.ts';
import { showMoment } from '../../../../shared/format/dates.ts';
import { useDurationWords } from '../../../../shared/ui/time/useDurationWords.ts';
import type { SettingsProgram } from './queries.ts';

const MS_PER_SECOND = 1_000;
const BPS_PER_WHOLE = 10_000;

/** One thing that never changes. */
export interface ForEverFact {
  readonly name:
    | 'backed'
    | 'notice'
    | 'threshold'
    | 'cap'
    | 'transferable'
    | 'token'
    | 'rounds'
    | 'epoch'
    | 'window'
    | 'deadline';
  readonly value: string;
  /** What it means for members. */
  readonly means: string;
}

/** What of a program never changes. */
export type LockedProgram = Pick<
  SettingsProgram,
  'symbol' | 'transferable' | 'settlementWindow' | 'clock'
> & {
  readonly settings: Omit<
    SettingsProgram['settings'],
    'charter' | 'buyback' | 'catalogue' | 'forwarder'
  >;
};

/** Says what never changes, each with what it means for members. */
export function useForEver(): (program: LockedProgram) => readonly ForEverFact[] {
  const { t, i18n } = useTranslation('settings');
  const { long } = useDurationWords();
  const span = (seconds: number): string => long(seconds * MS_PER_SECOND);
  return ({ settings, clock, transferable, settlementWindow, symbol }) => {
    const { settlementToken: token, backed } = settings;
    const share = new Intl.NumberFormat(i18n.language, {
      ...{ style: 'percent', maximumFractionDigits: 2 },
    }).format(settings.objectionThresholdBps / BPS_PER_WHOLE);
    const window = span(settlementWindow * clock.epochSeconds);
    const means = (
      name: ForEverFact['name'],
      value: string,
      values: Readonly<Record<string, string>> = {},
    ): ForEverFact => ({
      ...{ name, value },
      means: t(`forEver.${name}.means`, { value, symbol, ...values }),
    });
    const yesNo = (name: 'backed' | 'transferable', is: boolean): ForEverFact => ({
      ...{ name, value: is ? t('yes') : t('no') },
      means: t(`forEver.${name}.${is ? 'yes' : 'no'}`, { symbol }),
    });
    return [
      yesNo('backed', backed),
      means('notice', span(settings.noticeSeconds)),
      means('threshold', share),
      means('cap', t('points', { amount: showPoints(settings.objectionCap) })),
      means('token', token.symbol, { decimals: `${token.decimals}` }),
      means('rounds', t('every', { span: span(settings.roundPeriodSeconds) }), {
        window: span(settings.roundWindowSeconds),
        first: showMoment(settings.firstRoundAt, i18n.language),
      }),
      means('epoch', span(clock.epochSeconds), {
        start: showMoment(clock.startsAt, i18n.language),
      }),
      means('window', window, { epochs: `${settlementWindow}` }),
      means('deadline', span(settings.orderDeadlineSeconds)),
      yesNo('transferable', transferable),
    ];
  };
}
