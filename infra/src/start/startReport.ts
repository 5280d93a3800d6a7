import type { ServerReady } from './serverProcess.ts';

export interface StartReport {
  ready: ServerReady;
  rpcUrl: string;
  /** Whether the chain is ours, or one that RPC_URL names. */
  embeddedChain: boolean;
  /** Folder of everything that is kept. */
  dir: string;
}

/** Something to see at once: what members have, from the chain. */
const queryOf = (memberId: string): string =>
  `{ program { name supply { issued } } member(memberId: ${JSON.stringify(memberId)}) { balance { settled pending asOfBlock } } }`;

/** @returns a command that works in any POSIX shell exactly as printed */
export const curlOf = ({ url, demo }: ServerReady): string => {
  if (demo === null) return `curl -s ${url}/healthz`;
  const body = JSON.stringify({ query: queryOf(demo.memberId) }).replaceAll("'", "'\\''");
  return [
    `curl -s ${url}/graphql`,
    `  -H 'content-type: application/json'`,
    `  -H 'authorization: Bearer ${demo.apiKey}'`,
    `  -d '${body}'`,
  ].join(' \\\n');
};

/** @returns the block of text that `npm start` ends with */
export const describeStart = ({ ready, rpcUrl, embeddedChain, dir }: StartReport): string => {
  const { url, demo } = ready;
  const rows: [string, string][] = [
    ['Overview', `${url}/`],
    ['GraphQL', `${url}/graphql  (in a browser: an editor to try it)`],
    ['Chain', `${rpcUrl}${embeddedChain ? '  (embedded)' : ''}`],
  ];
  if (demo) {
    rows.push([
      'Wallet',
      `${url}/demo/wallet  (as a member; npm run link -- wallet prints a link that is good once)`,
    ]);
    rows.push(['Audit', `${url}/demo/audit  (every promise, checked in your browser)`]);
    rows.push(['Program', `${demo.programAddress}  (${demo.programName})`]);
    if (demo.login !== null) {
      const { email, password } = demo.login;
      rows.push(['Console', `${url}/console  (as the operator, by this login)`]);
      rows.push(['Login', `${email}  ${password}  (owner of the demo's organisation)`]);
    }
    rows.push(['API key', `${demo.apiKey}  (for the app)`]);
    rows.push([
      'Operator',
      `${demo.operatorKey}  (key for the operator's writes; keep it from the app)`,
    ]);
  }
  rows.push(['Payments', ready.payments]);
  const table = rows.map(([name, value]) => `  ${name.padEnd(9)} ${value}`);
  const check = demo
    ? [
        'Recompute every balance from the chain alone:',
        '',
        `npm run verify -- --rpc ${rpcUrl} --program ${demo.programAddress}`,
        '',
      ]
    : [];
  return [
    '',
    'Dewpoint is running.',
    '',
    ...table,
    '',
    'Try it:',
    '',
    curlOf(ready),
    '',
    ...check,
    `Ctrl-C stops everything. What happened is kept in ${dir}; the next npm start goes on from there.`,
    '',
  ].join('\n');
};
