import Table from 'cli-table3';

/** What a replay came to. Points in base units; amounts beyond 2^53 do not occur in gas or counts. */
export interface ReplayReport {
  readonly rows: number;
  /** Actions that count: each eventId once, and none that was refused. */
  readonly actions: number;
  /** Actions that the log has twice and more: what is beyond the first. */
  readonly repeated: number;
  readonly rejected: number;
  /** Members with an action that counts. */
  readonly members: number;
  /** Statements: one a member and day with at least one action that counts. */
  readonly statements: number;
  /** The chain's totalSupply and what was bought back of it, base units, as a decimal string when beyond 2^53. */
  readonly pointsMinted: number | string;
  /** Gas of every settling transaction, whole transactions. */
  readonly gasUsed: number;
  readonly transactions: number;
  readonly gasPerStatement: number;
  readonly gasPerAction: number;
  /** Null for a replay without a buyback. */
  readonly buyback: {
    /** Rounds in which somebody tendered. */
    readonly rounds: number;
    readonly tenders: number;
    /** Base units, bought and burned. */
    readonly pointsBoughtBack: string;
    /** Base units of the settlement token, which has 6 decimals. */
    readonly moneyPaid: string;
  } | null;
  /** From the first action reported to the last statement settled. */
  readonly seconds: number;
  readonly recordingSeconds: number;
  readonly verified: boolean;
  readonly verifySeconds: number;
  /** One OpenZeppelin mint transaction per action on the same chain, measured on a sample in the same run. */
  readonly openZeppelinMint: {
    readonly sample: number;
    readonly gasFirstMint: number;
    readonly gasLaterMint: number;
    readonly gasUsed: number;
    readonly gasPerAction: number;
  };
  readonly chainId: number;
  readonly program: string;
  readonly database: string;
}

/** The settlement token of a replay has 6 decimals. */
const MONEY_UNIT = 1e6;
const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 1 });

/** Base units as points, two decimals: 1234 is 12.34. */
export function formatPoints(baseUnits: number | string): string {
  const units = BigInt(baseUnits);
  return `${(units / 100n).toLocaleString('en-US')}.${String(units % 100n).padStart(2, '0')}`;
}

/** The report as a table for people. */
export function reportTable(report: ReplayReport): string {
  const { openZeppelinMint: mint } = report;
  const table = new Table({
    head: ['', 'Dewpoint', 'one OpenZeppelin mint per action'],
    colAligns: ['left', 'right', 'right'],
    style: { head: [], border: [] },
  });
  const number = (value: number): string => grouped.format(value);
  table.push(
    ['purchases', number(report.rows), ''],
    ['actions', number(report.actions), number(report.actions)],
    ['duplicates, not counted', number(report.repeated), ''],
    ['refused, not counted', number(report.rejected), ''],
    ['members', number(report.members), number(report.members)],
    ['statements', number(report.statements), '-'],
    ['points', formatPoints(report.pointsMinted), ''],
    ['transactions', number(report.transactions), number(report.actions)],
    ['gas in total', number(report.gasUsed), number(mint.gasUsed)],
    ['gas a statement', number(report.gasPerStatement), '-'],
    ['gas an action', number(report.gasPerAction), number(mint.gasPerAction)],
    ...(report.buyback === null
      ? []
      : [
          ['buyback rounds', number(report.buyback.rounds), ''],
          ['tenders', number(report.buyback.tenders), ''],
          ['points bought back', formatPoints(report.buyback.pointsBoughtBack), ''],
          ['money paid', number(Number(report.buyback.moneyPaid) / MONEY_UNIT), ''],
        ]),
    ['recording, s', number(report.recordingSeconds), ''],
    ['recording and settling, s', number(report.seconds), ''],
    [
      'verified from the logs',
      report.verified ? `yes, ${number(report.verifySeconds)} s` : 'NO',
      '',
    ],
  );
  const note =
    `The right column is not a run of the whole log: ${mint.sample} mint transactions were sent on the same chain in ` +
    `this run (${number(mint.gasFirstMint)} gas to a new holder, ${number(mint.gasLaterMint)} to one with a balance) ` +
    `and multiplied: one first mint a member, one later mint for every other action.`;
  return `${table.toString()}\n${note}`;
}
