import { createContext, useContext, useMemo, type JSX, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { SettlementToken } from '@dewpoint/contracts/verifier/settings/settlementToken.ts';
import type { PageLanguage } from '../../shared/i18n/language.ts';
import { createFormat, moneyText, type AuditFormat, type Say } from './auditFormat.ts';

/** Words and formats for the parts of the page. */
interface PageWords extends AuditFormat {
  /** Base units of the settlement token, with its symbol. */
  money(units: bigint): string;
  /** The same, without the symbol. */
  amount(units: bigint): string;
}

const UNKNOWN: SettlementToken = { symbol: null, decimals: null, owner: null };
const Token = createContext<SettlementToken>(UNKNOWN);

/** Tells the parts below in which money the program pays. */
export function TokenWords({
  token,
  children,
}: {
  token: SettlementToken | undefined;
  children: ReactNode;
}): JSX.Element {
  return <Token.Provider value={token ?? UNKNOWN}>{children}</Token.Provider>;
}

export function useWords(): PageWords {
  const { t, i18n } = useTranslation('audit');
  const token = useContext(Token);
  const { language } = i18n;
  return useMemo(() => {
    const format = createFormat(language as PageLanguage, t as unknown as Say);
    return {
      ...format,
      money: (units) => moneyText(units, token),
      amount: (units) => moneyText(units, { ...token, symbol: null }),
    };
  }, [language, t, token]);
}
