import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { POINT_DECIMALS, showPoints } from '../../../../shared/format/amounts.ts';
import { Amount } from '../../../../shared/ui/Values.tsx';
import { useAddressOf } from '../../../parts/desks.ts';
import { changeOf } from '../../../terms/changeOf.ts';
import type { RulesPreview } from './queries.ts';

type Step = RulesPreview['spread'][number];

const signed = (percent: number): string =>
  percent > 0 ? `+${percent}%` : percent < 0 ? `\u2212${-percent}%` : '0%';

function useStepWords(): (step: Step) => string {
  const { t } = useTranslation('rules');
  return ({ fromPercent: from, toPercent: to }) => {
    if (to === null) return t('preview.above', { from: signed(from) });
    if (from === to) return from === 0 ? t('preview.unchanged') : t('preview.all');
    return t('preview.between', { from: signed(from), to: signed(to) });
  };
}

/** Members by how their points change, and the ones who lose most. */
export function SpreadPart({ preview }: { readonly preview: RulesPreview }): JSX.Element {
  const { t } = useTranslation('rules');
  const wordsOf = useStepWords();
  const steps = preview.spread.filter(({ members }) => members > 0);
  const most = Math.max(1, ...steps.map(({ members }) => members));
  return (
    <div className="spread">
      <h4>{t('preview.spread')}</h4>
      <ul className="bars">
        {steps.map((step) => (
          <li key={`${step.fromPercent} ${step.toPercent}`}>
            <span>{wordsOf(step)}</span>
            <i className="bar-track" aria-hidden="true">
              <i
                className={`bar-fill ${step.fromPercent < 0 ? 'less' : 'new'}`}
                style={{ width: `${(step.members / most) * 100}%` }}
              />
            </i>
            <b>{t('preview.members', { count: step.members })}</b>
          </li>
        ))}
      </ul>
      {preview.hardestHit.length > 0 && (
        <>
          <h4 id="hardest">{t('preview.hardest')}</h4>
          <table className="lines" aria-labelledby="hardest">
            <thead>
              <tr>
                <th scope="col">{t('preview.member')}</th>
                <th scope="col" className="number">
                  {t('preview.now')}
                </th>
                <th scope="col" className="number">
                  {t('preview.then')}
                </th>
                <th scope="col" className="number">
                  {t('preview.change')}
                </th>
              </tr>
            </thead>
            <tbody>
              {preview.hardestHit.map(({ member, before, after }, index) => (
                <tr key={member?.memberId ?? index}>
                  <th scope="row">
                    {member === null ? t('preview.erased') : <MemberName id={member.memberId} />}
                  </th>
                  <td className="number">{showPoints(before)}</td>
                  <td className="number">{showPoints(after)}</td>
                  <td className="number is-worse">
                    <Amount value={changeOf(before, after, POINT_DECIMALS)} sign />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </>
      )}
    </div>
  );
}

/** A member, with the way to its page where there is one. */
function MemberName({ id }: { readonly id: string }): JSX.Element {
  const address = useAddressOf()('members');
  if (address === null) return <>{id}</>;
  return <Link href={`${address}/${encodeURIComponent(id)}`}>{id}</Link>;
}
