import {
  Kind,
  type DocumentNode,
  type FieldNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';
import { DEFAULT_PAGE_ROWS } from '../core/pages.ts';

/**
 * Fields that one call may answer with, lists counted by the rows that are asked for, and what is dear counted as many
 * fields. A page of 100 rows of history with all that there is in it is about 6,000; all results of 500 actions are 3,500.
 */
export const MAX_QUERY_COST = 10_000;
/** The same for somebody without a key: a page of 100 rounds or changes with all that there is in it. */
export const MAX_PUBLIC_QUERY_COST = 5_000;

/** Lists whose length is known before anything is run. */
const ROWS_OF_A_PROGRAM_LIST = 32;
const OPEN_EPOCHS_OF_A_MEMBER = 40;
const LISTS: Readonly<Record<string, number>> = {
  rules: ROWS_OF_A_PROGRAM_LIST,
  drops: OPEN_EPOCHS_OF_A_MEMBER,
};

/** A simulation, a transaction, and a wait for it: a call makes few of them. */
const ACT_WEIGHT = 1_000;
const ACTS = [
  'programCreate',
  'changeAnnounce',
  'changeEnact',
  'changeWithdraw',
  'changeObject',
  'objectionRelease',
  'reserveDeposit',
  'reserveWithdraw',
  'roundSettle',
  'roundTender',
  'roundUntender',
  'roundClaim',
  'itemAdd',
  'itemPriceSet',
  'itemStockAdd',
  'itemWithdraw',
  'itemKeep',
  'itemRedeem',
  'orderFulfil',
  'orderRefund',
  'accountMove',
];

/** Fields that ask the database or the signer, in fields that only read what is there already (about 20 µs each). */
const WEIGHTS: Readonly<Record<string, number>> = {
  member: 20,
  node: 20,
  balance: 100,
  drops: 100,
  history: 100,
  receipt: 20,
  clock: 10,
  supply: 20,
  settlement: 50,
  dropsCollect: 200,
  program: 5,
  changes: 60,
  change: 40,
  pendingChange: 40,
  rounds: 60,
  currentRound: 40,
  nextRound: 40,
  round: 20,
  reserve: 40,
  items: 60,
  item: 20,
  orderCounts: 20,
  orders: 80,
  order: 20,
  share: 60,
  shares: 80,
  objections: 60,
  transaction: 20,
  accountMoveTypedData: 20,
  ...Object.fromEntries(ACTS.map((name) => [name, ACT_WEIGHT])),
};

/** Introspection is bounded by its depth, which graphql-js limits by itself. */
const INTROSPECTION = /^__/;

type Variables = Readonly<Record<string, unknown>>;

const argument = (field: FieldNode, name: string, variables: Variables): unknown => {
  const value = field.arguments?.find((given) => given.name.value === name)?.value;
  if (value === undefined) return undefined;
  if (value.kind === Kind.INT) return Number(value.value);
  if (value.kind === Kind.VARIABLE) return variables[value.name.value];
  if (value.kind === Kind.LIST) return value.values;
  if (value.kind === Kind.OBJECT) {
    const list = value.fields.find((field) => field.name.value === 'actions')?.value;
    if (list?.kind === Kind.LIST) return { actions: list.values };
    if (list?.kind === Kind.VARIABLE) return { actions: variables[list.name.value] };
  }
  return null;
};

/** Page sizes that the query itself gives to variables which are left out. */
const defaultsOf = (operation: OperationDefinitionNode): Variables =>
  Object.fromEntries(
    (operation.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
      defaultValue?.kind === Kind.INT ? [[variable.name.value, Number(defaultValue.value)]] : [],
    ),
  );

const lengthOf = (value: unknown): number => (Array.isArray(value) ? value.length : 1);

/** How many times the fields below this one are answered, as far as the query itself says. */
function rowsOf(field: FieldNode, variables: Variables, hasPages: boolean): number {
  const first = argument(field, 'first', variables);
  if (typeof first === 'number') return Math.max(1, first);
  const ids = argument(field, 'ids', variables);
  if (ids !== undefined) return lengthOf(ids);
  const input = argument(field, 'input', variables);
  if (typeof input === 'object' && input !== null && 'actions' in input) {
    return lengthOf(input.actions);
  }
  if (hasPages) return DEFAULT_PAGE_ROWS;
  return LISTS[field.name.value] ?? 1;
}

const asksForPages = (selections: SelectionSetNode): boolean =>
  selections.selections.some(
    (selection) => selection.kind === Kind.FIELD && selection.name.value === 'edges',
  );

/**
 * Counts the fields that a query can be answered with. Fragments are counted once and remembered, so that fragments
 * within fragments cost no more time than they have text.
 *
 * @param given Variables as given or coerced: `first` may be a variable, which a check of the text alone would not see.
 */
export function queryCost(
  document: DocumentNode,
  operation: OperationDefinitionNode,
  given: Variables,
): number {
  const variables = { ...defaultsOf(operation), ...given };
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION
        ? [[definition.name.value, definition.selectionSet] as const]
        : [],
    ),
  );
  const known = new Map<string, number>();

  function ofFragment(name: string): number {
    let cost = known.get(name);
    if (cost === undefined) {
      // Validation has refused cycles; this keeps one that slipped through from running for ever.
      known.set(name, 0);
      const selections = fragments.get(name);
      cost = selections === undefined ? 0 : ofSelections(selections);
      known.set(name, cost);
    }
    return cost;
  }

  function ofSelections(set: SelectionSetNode): number {
    let cost = 0;
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) cost += ofFragment(selection.name.value);
      else if (selection.kind === Kind.INLINE_FRAGMENT)
        cost += ofSelections(selection.selectionSet);
      else if (!INTROSPECTION.test(selection.name.value)) cost += ofField(selection);
    }
    return cost;
  }

  function ofField(field: FieldNode): number {
    const itself = 1 + (WEIGHTS[field.name.value] ?? 0);
    if (field.selectionSet === undefined) return itself;
    const rows = rowsOf(field, variables, asksForPages(field.selectionSet));
    return itself + rows * ofSelections(field.selectionSet);
  }

  return ofSelections(operation.selectionSet);
}
