/**
 * Who may import whom. ESLint gets one `no-restricted-imports` for each row of the tables below; `layers.test.ts` shows that each
 * forbidden import fails. Tests may import everything: they put real parts together.
 */

/** Layers of `server/src`, each with the other layers that it may import. What is not listed is forbidden. */
const SERVER_LAYERS = {
  domain: [],
  lib: [],
  ports: ['domain'],
  config: ['domain', 'ports', 'lib'],
  services: ['domain', 'ports', 'lib'],
  store: ['domain', 'ports', 'lib'],
  chain: ['domain', 'ports', 'lib'],
  payments: ['domain', 'ports', 'lib'],
  graphql: ['services', 'domain', 'ports', 'lib'],
  http: ['graphql', 'services', 'domain', 'ports', 'lib', 'config'],
};

/** Above all layers: they put the parts together, so no layer may import them. */
const SERVER_TOP = ['composition', 'commands', 'demo', 'testing'];

/** Packages that one layer alone may touch, so that each can be replaced in one place. */
const OWNED_PACKAGES = [
  { name: 'mongoose', pattern: '(mongoose|mongodb)(/|$)', layers: ['store'] },
  { name: 'ethers', pattern: 'ethers(/|$)', layers: ['chain'] },
  { name: 'stripe', pattern: 'stripe(/|$)', layers: ['payments'] },
  { name: 'express', pattern: '(express|helmet|pino-http)(/|$)', layers: ['http'] },
  {
    name: 'GraphQL',
    pattern: '(graphql|@apollo/|@pothos/|@as-integrations/|@escape\\.tech/)',
    layers: ['graphql', 'http'],
  },
];

const PURE_CONTRACT_FILES = '@dewpoint/contracts/(formula|roundMath|statement)\\.ts$';
const TESTS = ['**/*.test.{ts,tsx}', 'server/src/testing/**', 'contracts/ts/testing/**'];

const forbid = (regex, message) => ({ regex, message });

/** Reaching into another workspace by path would go round the rules below, which go by name. */
const crossWorkspacePath = forbid(
  '^(\\.\\./)+(contracts|server|web|infra|test)/',
  'Import another workspace by its name: @dewpoint/...',
);

const block = (files, patterns) => ({
  files,
  ignores: TESTS,
  rules: {
    'no-restricted-imports': ['error', { patterns: [crossWorkspacePath, ...patterns] }],
  },
});

const packagesNotOwnedBy = (layer) =>
  OWNED_PACKAGES.filter(({ layers }) => !layers.includes(layer)).map(({ name, pattern, layers }) =>
    forbid(`^${pattern}`, `${name} belongs to server/src/${layers[0]}.`),
  );

const serverLayer = (layer, allowed) => {
  const others = Object.keys(SERVER_LAYERS).filter(
    (other) => other !== layer && !allowed.includes(other),
  );
  const patterns = [
    forbid(
      `^((\\.\\./)+|@dewpoint/server/)((${[...others, ...SERVER_TOP].join('|')})/|main\\.ts)`,
      `server/src/${layer} may import only: ${[layer, ...allowed].join(', ')}.`,
    ),
    forbid('^@dewpoint/(infra|web|test)/', 'The server knows nothing of infra, web and test.'),
    ...packagesNotOwnedBy(layer),
  ];
  // `ports/chain` is a room of the ports.
  if (layer === 'ports') patterns[0].regex = patterns[0].regex.replace('|chain|', '|');
  if (layer === 'domain') {
    patterns.push(
      forbid(
        `^(?!\\.{1,2}/|${PURE_CONTRACT_FILES})`,
        'domain is pure: only domain and @dewpoint/contracts/formula.ts, roundMath.ts or statement.ts.',
      ),
    );
  } else if (layer !== 'chain') {
    patterns.push(
      forbid(
        `^@dewpoint/contracts/(?!(formula|roundMath|statement)\\.ts$)`,
        'Contracts are called through ports; only formula.ts, roundMath.ts and statement.ts are for everybody.',
      ),
    );
  }
  return block([`server/src/${layer}/**/*.ts`], patterns);
};

/** The domain gets time, ids and randomness as arguments, so that it gives the same answer everywhere. */
const pureDomain = (noDefaultExport) => ({
  files: ['server/src/domain/**/*.ts'],
  ignores: TESTS,
  rules: {
    'no-restricted-globals': [
      'error',
      'process',
      'fetch',
      'crypto',
      'performance',
      'setTimeout',
      'setInterval',
    ],
    'no-restricted-syntax': [
      'error',
      noDefaultExport,
      {
        selector: "CallExpression[callee.object.name='Date'][callee.property.name='now']",
        message: 'domain gets the time as an argument.',
      },
      {
        selector: "NewExpression[callee.name='Date'][arguments.length=0]",
        message: 'domain gets the time as an argument.',
      },
      {
        selector: "MemberExpression[object.name='Math'][property.name='random']",
        message: 'domain gets randomness as an argument.',
      },
      { selector: 'ImportExpression', message: 'Static imports only: layers are checked on them.' },
    ],
  },
});

const serverBesideDomain = (noDefaultExport) => ({
  files: ['server/src/**/*.ts'],
  ignores: [...TESTS, 'server/src/domain/**', 'server/src/config/**'],
  rules: {
    'no-restricted-syntax': [
      'error',
      noDefaultExport,
      {
        selector: "MemberExpression[object.name='process'][property.name='env']",
        message: 'server/src/config alone reads the environment.',
      },
      { selector: 'ImportExpression', message: 'Static imports only: layers are checked on them.' },
    ],
  },
});

const noDatabase = forbid('^(mongoose|mongodb)(/|$)', 'mongoose belongs to server/src/store.');
const noChain = forbid('^ethers(/|$)', 'ethers belongs to server/src/chain and contracts/ts.');
const noStripe = forbid('^stripe(/|$)', 'stripe belongs to server/src/payments.');

/** @returns {object[]} flat config blocks, to be put last: they set rules for single folders */
export const layerRules = ({ noDefaultExport }) => [
  ...Object.entries(SERVER_LAYERS).map(([layer, allowed]) => serverLayer(layer, allowed)),
  block(
    ['server/src/*.ts', 'server/src/{composition,commands,demo}/**/*.ts'],
    [noDatabase, noChain, noStripe, forbid('^@dewpoint/(web|test)/', 'The server comes first.')],
  ),
  pureDomain(noDefaultExport),
  serverBesideDomain(noDefaultExport),
  block(
    ['contracts/ts/**/*.ts'],
    [
      noDatabase,
      noStripe,
      forbid(
        '^@dewpoint/(server|web|infra|test)/',
        'contracts/ts follows from the contracts alone.',
      ),
    ],
  ),
  block(
    ['contracts/ts/formula.ts'],
    [forbid('^', 'formula.ts imports nothing, so that anybody can read and copy it whole.')],
  ),
  block(
    ['infra/**/*.{ts,js,mjs}'],
    [noDatabase, noChain, noStripe, forbid('^@dewpoint/(web|test)/', 'infra starts things only.')],
  ),
  block(
    ['web/src/**/*.{ts,tsx}'],
    [
      noDatabase,
      noStripe,
      forbid('^@dewpoint/(server|infra|test)/', 'The web talks to the server over GraphQL only.'),
    ],
  ),
  block(
    ['test/**/*.ts'],
    [
      forbid(
        '^mongoose(/|$)',
        'mongoose belongs to server/src/store; what looks past the server uses the driver.',
      ),
      noStripe,
    ],
  ),
];
