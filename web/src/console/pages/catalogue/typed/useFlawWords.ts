import { useTranslation } from 'react-i18next';
import { useErrorWords } from '../../../../shared/ui/States.tsx';
import type { Typed } from './typedItem.ts';

/** Says what is wrong with what was typed, once it is to be said; nothing for what is good. */
export function useFlawWords(): (read: Typed<unknown>, isSaid: boolean) => string | undefined {
  const { t } = useTranslation('catalogue');
  return (read, isSaid) => (isSaid && 'flaw' in read ? t(`flaws.${read.flaw}`) : undefined);
}

/** Says why the service refused a field of an item. */
export function useItemErrorWords(): (code: string) => string {
  const { t, i18n } = useTranslation('catalogue');
  const words = useErrorWords();
  return (code) =>
    i18n.exists(`catalogue:errors.${code}`)
      ? t(`errors.${code}` as 'errors.MALFORMED')
      : words(code);
}
