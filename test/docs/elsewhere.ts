/** A command of the documents that is not run with them, and the file that runs it. */
export interface Elsewhere {
  readonly starts: string;
  readonly runsIn: string;
  /** A piece of that file. */
  readonly asProof: string;
}

/** In the order in which they are looked for. */
export const ELSEWHERE: readonly Elsewhere[] = [
  { starts: 'npm start', runsIn: 'test/e2e/start.test.ts', asProof: 'npmStart()' },
  { starts: 'npm test', runsIn: '.ci/run', asProof: 'npm test' },
  {
    starts: 'npm run replay -- test/fixtures/purchases/purchases-sample.csv',
    runsIn: 'test/e2e/replaySample.deep.test.ts',
    asProof: 'SAMPLE_LOG',
  },
  { starts: 'npm run dev', runsIn: 'test/e2e/start.test.ts', asProof: "'dev'" },
  { starts: 'npm run test:fast', runsIn: 'infra/src/testRun/suites.ts', asProof: "'fast'" },
  // Each of these takes minutes, and hours in their long forms: what they run is in `npm test` as well.
  { starts: 'npm run lint', runsIn: 'infra/src/testRun/suites.ts', asProof: 'infra/lint/main.ts' },
  { starts: 'npm run format', runsIn: 'infra/src/testRun/suites.ts', asProof: "'format'" },
  { starts: 'npm run typecheck', runsIn: 'infra/src/testRun/suites.ts', asProof: 'bin/tsc' },
  {
    starts: 'node contracts/script/forge.mjs test',
    runsIn: 'infra/src/testRun/suites.ts',
    asProof: 'contracts/script/forge.mjs',
  },
  {
    starts: 'npm run contracts:generate',
    runsIn: 'infra/src/testRun/suites.ts',
    asProof: 'contracts/script/generate.mjs',
  },
  { starts: 'npm run test:deep', runsIn: 'package.json', asProof: '"test:deep":' },
  { starts: 'npm run test:browser', runsIn: 'infra/src/testRun/suites.ts', asProof: "'browser'" },
  { starts: 'npm run test:chaos', runsIn: 'test/chaos/long.ts', asProof: 'kills' },
  { starts: 'npm run bench', runsIn: 'package.json', asProof: '"bench":' },
  // Needs a chain that is not the demo's.
  {
    starts: 'npm run deploy',
    runsIn: 'server/src/commands/deployCommand.live.test.ts',
    asProof: 'server/src/commands/deploy.ts',
  },
  // Needs Docker, or the packages of three stages anew.
  { starts: 'docker compose', runsIn: 'infra/docker/compose.test.ts', asProof: 'demo.env' },
  { starts: 'npm run docker:check', runsIn: 'package.json', asProof: '"docker:check":' },
];
