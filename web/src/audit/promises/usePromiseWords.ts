import { useTranslation } from 'react-i18next';
import { PROMISES, type CheckId } from '@dewpoint/contracts/verifier/report/promises.ts';

/** What a promise is called and what it says: in English as reports have it, else from the verifier's catalogue of the language. */
export function usePromiseWords(id: CheckId): { name: string; promise: string } {
  const { t, i18n } = useTranslation('promises');
  if (i18n.language === 'en') return PROMISES[id];
  const say = t as unknown as (key: string) => string;
  return { name: say(`${id}.name`), promise: say(`${id}.promise`) };
}
