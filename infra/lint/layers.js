import { fileURLToPath } from 'node:url';
import boundaries from 'eslint-plugin-boundaries';

/**
 * Who may import whom. Files are held by `boundaries/dependencies`, which resolves paths; packages and other workspaces, imported by
 * name, by one `no-restricted-imports` a layer. `layers.test.ts` shows that each forbidden import fails. Tests may import everything:
 * they put real parts together.
 */

const WORDS = ['domain', 'ports', 'lib'];

/** Layers of `server/src`, each with the other layers that it may import. What is not listed is forbidden. */
const SERVER_LAYERS = {
  domain: [],
  lib: [],
  ports: ['domain'],
  config: WORDS,
  services: WORDS,
  store: WORDS,
  chain: WORDS,
  payments: WORDS,
  auth: WORDS,
  mail: WORDS,
  outgoing: WORDS,
  graphql: ['services', ...WORDS],
  http: ['graphql', 'services', 'config', ...WORDS],
};

/** Above all layers: they put the parts together, so no layer may import them. */
const SERVER_TOP = {
  composition: Object.keys(SERVER_LAYERS),
  demo: ['composition', 'services', 'chain', 'config', ...WORDS],
  commands: ['services', 'store', 'chain', 'graphql', 'config', ...WORDS],
};

/** The faces of `web/src`: none knows another, each knows `shared`. */
const FACES = ['wallet', 'audit', 'embed', 'graphiql', 'console'];

const WORKSPACES = ['client', 'contracts', 'server', 'web', 'infra', 'test'];

/** Packages that one layer alone may touch, so that each can be replaced in one place. */
const OWNED_PACKAGES = [
  { name: 'mongoose', pattern: '(mongoose|mongodb)(/|$)', layers: ['store'] },
  { name: 'ethers', pattern: '(ethers(/|$)|@signinwithethereum/)', layers: ['chain'] },
  { name: 'jose', pattern: 'jose(/|$)', layers: ['chain'] },
  { name: 'stripe', pattern: 'stripe(/|$)', layers: ['payments'] },
  { name: 'better-auth', pattern: '(better-auth(/|$)|@better-auth/)', layers: ['auth'] },
  { name: 'OpenTelemetry', pattern: '@opentelemetry/', layers: ['lib'] },
  { name: 'webhooks', pattern: 'standardwebhooks(/|$)', layers: ['outgoing'] },
  { name: 'addresses', pattern: 'ipaddr\\.js(/|$)', layers: ['outgoing', 'http'] },
  { name: 'nodemailer', pattern: 'nodemailer(/|$)', layers: ['mail'] },
  { name: 'express', pattern: '(express|helmet|pino-http)(/|$)', layers: ['http'] },
  {
    name: 'GraphQL',
    pattern: '(graphql|@apollo/|@pothos/|@as-integrations/|@escape\\.tech/)',
    layers: ['graphql', 'http'],
  },
];

const PURE_CONTRACT_FILES = '@dewpoint/contracts/(formula|roundMath|statement)\\.ts$';
const TESTS = ['**/*.test.{ts,tsx}', 'server/src/testing/**', 'contracts/ts/testing/**'];

const folder = (type, pattern) => ({ type, pattern, partialMatch: false });

/** The first folder that a file lies in gives its type. What lies in `server/src` itself is `main`: it may import everything. */
const ELEMENTS = [
  ...[...Object.keys({ ...SERVER_LAYERS, ...SERVER_TOP }), 'testing'].map((name) =>
    folder(name, `server/src/${name}`),
  ),
  folder('main', 'server/src'),
  ...FACES.map((name) => folder(`${name} face`, `web/src/${name}`)),
  folder('shared by faces', 'web/src/shared'),
  ...WORKSPACES.map((name) => folder(name, name)),
];

const ofType = (type) => ({ element: { type } });

const mayImport = (type, allowed) => ({
  from: ofType(type),
  disallow: { to: ofType(`!(${[type, ...allowed].join('|')})`) },
  message: `server/src/${type} may import only: ${[type, ...allowed].join(', ')}.`,
});

const fileRules = {
  files: ['{client,contracts,server,web,infra,test}/**/*.{ts,tsx,js,mjs}'],
  ignores: TESTS,
  plugins: { boundaries },
  settings: {
    'boundaries/elements': ELEMENTS,
    'boundaries/root-path': fileURLToPath(new URL('../..', import.meta.url)),
  },
  rules: {
    'boundaries/dependencies': [
      'error',
      {
        default: 'allow',
        policies: [
          ...Object.entries({ ...SERVER_LAYERS, ...SERVER_TOP }).map(([type, allowed]) =>
            mayImport(type, allowed),
          ),
          {
            from: ofType('main'),
            disallow: { to: ofType(`(testing|${WORKSPACES.join('|')})`) },
            message: 'Test code and other workspaces are no part of the server.',
          },
          ...FACES.map((name) => ({
            from: ofType(`${name} face`),
            disallow: { to: ofType(`!(${name} face|shared by faces)`) },
            message: `web/src/${name} may import web/src/shared and itself.`,
          })),
          {
            from: ofType('shared by faces'),
            disallow: { to: ofType('!(shared by faces)') },
            message: 'web/src/shared knows no face.',
          },
          ...WORKSPACES.map((name) => ({
            from: ofType(name),
            disallow: { to: ofType(`!${name}`) },
            message: 'Import another workspace by its name: @dewpoint/...',
          })),
        ],
      },
    ],
  },
};

const forbid = (regex, message) => ({ regex, message });

const block = (files, patterns) => ({
  files,
  ignores: TESTS,
  rules: { 'no-restricted-imports': ['error', { patterns }] },
});

const packagesNotOwnedBy = (layer) =>
  OWNED_PACKAGES.filter(({ layers }) => !layers.includes(layer)).map(({ name, pattern, layers }) =>
    forbid(`^${pattern}`, `${name} belongs to server/src/${layers[0]}.`),
  );

/** By name, an import would go round the rules for files. */
const ownName = forbid('^@dewpoint/server/', 'Import a file of the server by its path.');

const serverLayer = (layer) => {
  const patterns = [
    ownName,
    forbid('^@dewpoint/(infra|web|test)/', 'The server knows nothing of infra, web and test.'),
    ...packagesNotOwnedBy(layer),
  ];
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
const noAuth = forbid(
  '^(better-auth(/|$)|@better-auth/)',
  'better-auth belongs to server/src/auth.',
);
const noMail = forbid('^nodemailer(/|$)', 'nodemailer belongs to server/src/mail.');
const noStripe = forbid('^stripe(/|$)', 'stripe belongs to server/src/payments.');

/** @returns {object[]} flat config blocks, to be put last: they set rules for single folders */
export const layerRules = ({ noDefaultExport }) => [
  fileRules,
  ...Object.keys(SERVER_LAYERS).map(serverLayer),
  block(
    ['server/src/*.ts', 'server/src/{composition,commands,demo}/**/*.ts'],
    [
      ownName,
      noDatabase,
      noChain,
      noStripe,
      noAuth,
      noMail,
      forbid('^@dewpoint/(web|test)/', 'The server comes first.'),
    ],
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
    ['web/src/{wallet,embed,shared,graphiql}/**/*.{ts,tsx}'],
    [
      noDatabase,
      noStripe,
      forbid('^@dewpoint/(server|infra|test)/', 'The web talks to the server over GraphQL only.'),
      forbid(
        '^@dewpoint/contracts/(?!(formula|roundMath|statement)\\.ts$)',
        'The chain is read by web/src/audit alone; formula.ts, roundMath.ts and statement.ts are for everybody.',
      ),
      forbid('^ethers(/|$)', 'A wallet needs no ethers: calls come ready to sign.'),
    ],
  ),
  block(
    // Reads the bytes that a member's own wallet is asked to send; loaded when one is, and not before.
    ['web/src/wallet/ownWallet/readCall.ts'],
    [
      noDatabase,
      noStripe,
      forbid('^@dewpoint/', 'It reads a call by the few functions that it knows itself.'),
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
