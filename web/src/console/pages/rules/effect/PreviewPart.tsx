import { useState, type JSX } from 'react';
import { useTranslation } from 'react-i18next';
import {
  POINT_DECIMALS,
  showMoney,
  showPoints,
  toBase,
} from '../../../../shared/format/amounts.ts';
import { Amount } from '../../../../shared/ui/Values.tsx';
import { moneyChangeOf } from '../../../terms/changeOf.ts';
import type { RulesPreview } from './queries.ts';
import { SpreadPart } from './SpreadPart.tsx';

/** Bars are as long as this much of the longer one is, so that both ends are seen. */
const LONGEST_PERCENT = 94n;

function Bar({
  name,
  points,
  longest,
  isNew = false,
}: {
  readonly name: string;
  readonly points: string;
  readonly longest: bigint;
  readonly isNew?: boolean;
}): JSX.Element {
  const share = longest === 0n ? 0n : (toBase(points, POINT_DECIMALS) * LONGEST_PERCENT) / longest;
  return (
    <li>
      <span>{name}</span>
      <i className="bar-track" aria-hidden="true">
        <i className={isNew ? 'bar-fill new' : 'bar-fill'} style={{ width: `${share}%` }} />
      </i>
      <b>{showPoints(points)}</b>
    </li>
  );
}

/** What the rules would have earned for what was recorded, and for whom. */
export function PreviewPart({
  preview,
  baseVersion,
  symbol,
  price,
}: {
  readonly preview: RulesPreview;
  readonly baseVersion: number;
  readonly symbol: string;
  /** Of the buyback today; null for none. */
  readonly price: string | null;
}): JSX.Element {
  const { t } = useTranslation('rules');
  const [isOpen, setOpen] = useState(false);
  const { before, after, membersBetter, membersWorse, membersSame, isWhole } = preview;
  const all = membersBetter + membersWorse + membersSame;
  const [old, next] = [toBase(before, POINT_DECIMALS), toBase(after, POINT_DECIMALS)];
  const longest = old > next ? old : next;
  return (
    <section className="part">
      <h3>{t('preview.title')}</h3>
      {all === 0 ? (
        <p className="preview-none">{t('preview.nobody')}</p>
      ) : (
        <>
          <ul className="bars">
            <Bar name={t('version', { version: baseVersion })} {...{ points: before, longest }} />
            <Bar name={t('preview.yours')} {...{ points: after, longest }} isNew />
          </ul>
          <dl className="facts">
            <div>
              <dt>{t('preview.cost')}</dt>
              <dd>
                <Amount
                  value={moneyChangeOf(preview.costBefore, preview.costAfter)}
                  symbol={symbol}
                  sign
                />
              </dd>
            </div>
            <div>
              <dt>{t('preview.more')}</dt>
              <dd className={membersBetter > 0 ? 'up' : ''}>
                {t('preview.of', { count: membersBetter, all })}
              </dd>
            </div>
            <div>
              <dt>{t('preview.less')}</dt>
              <dd className={membersWorse > 0 ? 'down' : ''}>
                {t('preview.of', { count: membersWorse, all })}
              </dd>
            </div>
            <div>
              <dt>{t('preview.same')}</dt>
              <dd>{t('preview.of', { count: membersSame, all })}</dd>
            </div>
          </dl>
          <p className="fine">
            {price === null
              ? t('preview.fine')
              : t('preview.finePrice', { price: `${showMoney(price)} ${symbol}` })}{' '}
            {!isWhole && t('preview.notWhole')}
          </p>
          <button
            type="button"
            className="text-button"
            aria-expanded={isOpen}
            onClick={() => setOpen(!isOpen)}
          >
            {t('preview.who')}
          </button>
          {isOpen && <SpreadPart preview={preview} />}
        </>
      )}
    </section>
  );
}
