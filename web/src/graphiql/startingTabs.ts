/** One tab of the first visit. */
export interface StartingTab {
  readonly query: string;
  readonly variables?: string;
}

const PROGRAM = `# Reads the program of your key: its rules, supply and clock. Press Ctrl-Enter to run.
query Program {
  program {
    name
    symbol
    address
    clock { currentEpoch now }
    supply { issued outstanding asOfBlock }
    settlement { open oldestOpenEpoch }
    ruleSets(first: 1) {
      edges { node { version fromEpoch budgetPerEpoch rules { name text perAction perMillionUnits } } }
    }
  }
}
`;

const RECORD = `# Records an action of a member. Running it again records nothing twice.
mutation Record($input: ActionsRecordInput!) {
  actionsRecord(input: $input) {
    results { status memberId eventId epoch code field message }
    userErrors { code field message }
  }
}
`;

const MEMBER = `# Reads the points of a member: balance, drops and history.
query Member($memberId: String!) {
  member(memberId: $memberId) {
    account
    balance { settled pending maturing locked asOfBlock }
    drops { epoch points closesAt }
    history(first: 20) {
      edges { node { epoch rule { name } count amount points state transactionHash } }
      pageInfo { hasNextPage endCursor }
    }
  }
}
`;

const TERMS = `# Reads the terms: changes, buyback rounds, the reserve and items. With program(address: ...), it needs no key.
query Terms {
  program {
    changes(first: 5) {
      edges { node { number target hurtsMembers hurtsHolders state noticeEndsAt objections objectionsNeeded earliestEffect } }
    }
    rounds(first: 3) {
      edges { node { number state opensAt closesAt tendered result { filled payout } terms { pricePerPoint budgetPerRound minTender } } }
    }
    reserve { total owed withdrawable }
    items(first: 10) { edges { node { number text price stock available } } }
    orderCounts { open fulfilled refused overdue asOfBlock }
  }
}
`;

const recordVariables = (now: Date): string =>
  JSON.stringify(
    {
      input: {
        actions: [
          {
            memberId: 'mei',
            eventId: `graphiql-${now.getTime()}`,
            rule: 'purchase',
            amount: 3200,
            occurredAt: now.toISOString(),
          },
        ],
      },
    },
    null,
    2,
  );

/** Something to run at once: read the program and its terms, record an action, look at the member. */
export const STARTING_TABS: readonly StartingTab[] = [
  { query: PROGRAM },
  { query: TERMS },
  { query: RECORD, variables: recordVariables(new Date()) },
  { query: MEMBER, variables: JSON.stringify({ memberId: 'mei' }, null, 2) },
];
