import type { JSX } from 'react';
import type { OrderFact, ProgramFacts } from '@dewpoint/contracts/verifier/facts/facts.ts';
import { useWords } from '../format/AuditWords.tsx';
import { Facts } from '../parts/Facts.tsx';
import { Section } from '../parts/Section.tsx';

const STATES: readonly OrderFact['state'][] = ['open', 'fulfilled', 'refused', 'overdue'];

/** What can be ordered, and how the operator treated the orders. */
export function OrdersSection({ facts }: { facts: ProgramFacts }): JSX.Element {
  const { say, count, points, duration, moment } = useWords();
  const { orders, items, settings, head } = facts;
  return (
    <Section
      at="orders"
      title={say('orders.title')}
      lead={say('orders.lead', {
        deadline: duration(settings.orderDeadline),
        notice: duration(settings.itemNoticePeriod),
      })}
    >
      <Facts
        facts={STATES.map((state) => ({
          name: say(`orders.state.${state}`),
          value: count(orders.filter((order) => order.state === state).length),
        }))}
      />
      <h3>{say('orders.items', { count: items.length })}</h3>
      <ul className="rule-list">
        {items.map(({ item, text, price, stock, rise, withdrawnAt }) => (
          <li key={item}>
            <b>{text}</b> {points(price)}{' '}
            <small>
              {stock === null ? say('orders.unlimited') : say('orders.left', { count: stock })}
            </small>
            {rise !== null && (
              <p>{say('orders.rise', { points: points(rise.price), moment: moment(rise.at) })}</p>
            )}
            {withdrawnAt !== null && (
              <p>
                {say(withdrawnAt <= head.time ? 'orders.gone' : 'orders.goes', {
                  moment: moment(withdrawnAt),
                })}
              </p>
            )}
          </li>
        ))}
      </ul>
    </Section>
  );
}
