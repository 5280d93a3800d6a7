import { useTranslation } from 'react-i18next';
import { durationOf } from '../../format/durations.ts';

/** Says a span of time by its two largest units: short for a clock, long for those who hear it. */
export function useDurationWords(): {
  short(ms: number): string;
  long(ms: number): string;
} {
  const { t } = useTranslation('shared');
  const words = (ms: number, form: 'short' | 'long'): string => {
    const { days, hours, minutes } = durationOf(ms);
    const parts =
      days > 0
        ? [
            days > 0 && t(`span.${form}.days`, { count: days }),
            hours > 0 && t(`span.${form}.hours`, { count: hours }),
          ]
        : [
            hours > 0 && t(`span.${form}.hours`, { count: hours }),
            (form === 'short' || hours === 0 || minutes > 0) &&
              t(`span.${form}.minutes`, { count: minutes }),
          ];
    return parts.filter((part) => part !== false).join(t(`span.${form}.between`));
  };
  return { short: (ms) => words(ms, 'short'), long: (ms) => words(ms, 'long') };
}
