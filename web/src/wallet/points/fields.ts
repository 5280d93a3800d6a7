import { graphql, type ResultOf } from '../../shared/graphql/graphql.ts';

/** How a rule is named and shown. */
export const RuleNameFields = graphql(`
  fragment RuleNameFields on Rule {
    ruleId
    name
    text
    look {
      icon
      label {
        en
        zh
      }
    }
  }
`);

/** A row of the activity. */
export const ActivityFields = graphql(
  `
    fragment ActivityFields on Activity {
      at
      kind
      epoch
      count
      points
      money
      orderNumber
      roundNumber
      changeNumber
      to
      rule {
        ...RuleNameFields
      }
    }
  `,
  [RuleNameFields],
);

/** How far what a rule earned in an epoch is. */
export const LineStateFields = graphql(`
  fragment LineStateFields on HistoryEntry {
    epoch
    state
    heldBack
    eventId
    rule {
      ruleId
    }
  }
`);

/** What was ordered. */
export const OrderNameFields = graphql(`
  fragment OrderNameFields on Order {
    number
    state
    deadline
    item {
      text
      look {
        icon
        label {
          en
          zh
        }
      }
    }
  }
`);

/** One happening. */
export type ActivityRow = ResultOf<typeof ActivityFields>;
/** A rule with its name and looks. */
export type NamedRule = ResultOf<typeof RuleNameFields>;
/** State of a line of the history. */
export type LineState = ResultOf<typeof LineStateFields>;
/** An order with the name of what was ordered. */
export type NamedOrder = ResultOf<typeof OrderNameFields>;
