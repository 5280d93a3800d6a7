import type { JSX } from 'react';
import { useTranslation } from 'react-i18next';
import { ROLE_RIGHTS, TEAM_ROLES } from './teamRoles.ts';

/** What each role may, in words. */
export function RolesPanel(): JSX.Element {
  const { t } = useTranslation('team');
  const { t: words } = useTranslation('console');
  return (
    <section className="panel" aria-labelledby="rights">
      <div className="panel-head">
        <h2 id="rights">{t('rights.title')}</h2>
      </div>
      <div className="part team-scroll" role="region" aria-label={t('rights.table')} tabIndex={0}>
        <table className="team-rights">
          <thead>
            <tr>
              <td />
              {TEAM_ROLES.map((role) => (
                <th key={role} scope="col">
                  {words(`roles.${role}`)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {ROLE_RIGHTS.map(({ right, roles }) => (
              <tr key={right}>
                <th scope="row">{t(`rights.${right}`)}</th>
                {TEAM_ROLES.map((role) => {
                  const may = roles.includes(role);
                  return (
                    <td key={role} className={may ? 'may' : 'may-not'}>
                      <span aria-hidden="true">{may ? t('rights.mark') : t('rights.noMark')}</span>
                      <span className="visually-hidden">
                        {may ? t('rights.may') : t('rights.mayNot')}
                      </span>
                    </td>
                  );
                })}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p className="part fine">{t('rights.note')}</p>
    </section>
  );
}
