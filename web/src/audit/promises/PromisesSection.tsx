import type { JSX } from 'react';
import type { CheckResult, Difference } from '@dewpoint/contracts/verifier/report/check.ts';
import {
  PROMISE_GROUPS,
  PROMISES,
  type PromiseGroup,
} from '@dewpoint/contracts/verifier/report/promises.ts';
import type { Report } from '@dewpoint/contracts/verifier/report/report.ts';
import { useWords } from '../format/AuditWords.tsx';
import { Place } from '../parts/Place.tsx';
import { Section } from '../parts/Section.tsx';
import type { AuditTarget } from '../worker/protocol.ts';
import { usePromiseWords } from './usePromiseWords.ts';
import './promises.css';

/** Every promise with its verdict and its evidence; what is broken comes first, and open. */
export function PromisesSection({
  report,
  target,
}: {
  report: Report;
  target: AuditTarget;
}): JSX.Element {
  const { say } = useWords();
  const broken = report.checks.filter(({ ok }) => !ok);
  const groups = Object.keys(PROMISE_GROUPS) as PromiseGroup[];
  return (
    <Section
      at="promises"
      title={say('promises.title', { count: report.checks.length })}
      lead={say('promises.lead')}
    >
      {broken.length > 0 && (
        <div className="group wrong">
          <h3>{say('promises.broken')}</h3>
          {broken.map((check) => (
            <Row key={check.id} check={check} target={target} />
          ))}
          <p className="lead">{say('promises.whatItMeans')}</p>
        </div>
      )}
      {groups.map((group) => {
        const kept = report.checks.filter(({ id, ok }) => ok && PROMISES[id].group === group);
        return kept.length === 0 ? null : (
          <div key={group} className="group">
            <h3>{say(`group.${group}`)}</h3>
            {kept.map((check) => (
              <Row key={check.id} check={check} target={target} />
            ))}
          </div>
        );
      })}
    </Section>
  );
}

function Row({ check, target }: { check: CheckResult; target: AuditTarget }): JSX.Element {
  const { say, count } = useWords();
  const { id, ok, checked, evidence, differences, differenceCount } = check;
  const { name, promise } = usePromiseWords(id);
  const { nodeUrl, program } = target;
  return (
    <details id={`promise-${id}`} className={ok ? 'promise' : 'promise wrong'} open={!ok}>
      <summary>
        <span className="mark" aria-hidden="true">
          {say(ok ? 'promises.tick' : 'promises.cross')}
        </span>
        <span className="visually-hidden">{say(ok ? 'promises.kept' : 'promises.notKept')}</span>
        <b>{name}</b>
        <span className="what">{promise}</span>
        <span className="number">
          {say('promises.compared', { count: checked, number: count(checked) })}
        </span>
      </summary>
      <div className="inside">
        {differences.length > 0 && (
          <ol className="differences">
            {differences.map((difference, i) => (
              <DifferenceRow key={i} difference={difference} />
            ))}
          </ol>
        )}
        {differenceCount > differences.length && (
          <p>{say('promises.more', { count: differenceCount - differences.length })}</p>
        )}
        <p>{say(`how.${id}`)}</p>
        <p>
          {evidence === null ? (
            say(checked === 0 ? 'promises.nothingToCompare' : 'promises.readsOnly')
          ) : (
            <>
              {say(ok ? 'promises.upTo' : 'promises.brokenIn')}{' '}
              <Place block={evidence.block} hash={evidence.transactionHash} />
            </>
          )}
        </p>
        <p>
          {say('promises.command')}{' '}
          <code>{`npm run verify -- --rpc ${new URL(nodeUrl).origin} --program ${program}`}</code>
        </p>
      </div>
    </details>
  );
}

function DifferenceRow({ difference }: { difference: Difference }): JSX.Element {
  const { say } = useWords();
  const { what, expected, actual, block, transactionHash } = difference;
  return (
    <li>
      <span className="what" lang="en">
        {what}
      </span>
      <span>
        {say('promises.expected')} <code>{expected}</code>
      </span>
      <span>
        {say('promises.found')} <code>{actual}</code>
      </span>
      {block !== null && transactionHash !== null && <Place block={block} hash={transactionHash} />}
    </li>
  );
}
