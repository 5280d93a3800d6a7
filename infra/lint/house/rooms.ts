import { filesByFolder, type SourceTree } from '../tree/sourceTree.ts';

/** What Dewpoint is about. The same nouns name the rooms of every layer: who knows one layer knows them all. */
const NOUNS = [
  ...['actions', 'statements', 'members', 'programs', 'terms', 'buyback', 'catalogue'],
  ...['transactions', 'access', 'organisations', 'billing', 'webhooks', 'imports'],
];

interface Layer {
  nouns: boolean;
  /** Rooms that are there for a technical reason, each with it. */
  rooms: Readonly<Record<string, string>>;
}

const layer = (rooms: Layer['rooms'] = {}): Layer => ({ nouns: false, rooms });
const layerOfNouns = (rooms: Layer['rooms'] = {}): Layer => ({ nouns: true, rooms });

const PIPELINE = {
  indexer: 'follows the chain for all nouns at once',
  worker: 'runs the stages one after the other',
};

/** All layers of `server/src`, each with the rooms that it may have. */
const LAYERS: Readonly<Record<string, Layer>> = {
  domain: layerOfNouns({ projections: 'what the events of all nouns add up to' }),
  ports: layer({
    chain: 'what the services ask of the chain',
    stores: 'what the services ask of the database',
  }),
  services: layerOfNouns({
    ...PIPELINE,
    keeper: 'does what is due on chain, whatever its noun',
    auditLog: 'writes down what is asked, whatever its noun',
  }),
  store: layerOfNouns({ ...PIPELINE, mongo: 'what all stores need of mongoose' }),
  chain: layer({
    rpc: 'the connection',
    events: 'logs into events',
    transactions: 'requests into signed bytes',
    programs: 'deploying and reading the contracts of a program',
    keys: 'signing keys',
    local: 'powers over the embedded chain',
  }),
  payments: layer({ stripe: 'the one provider' }),
  auth: layer(),
  mail: layer(),
  outgoing: layer(),
  graphql: layerOfNouns({
    core: 'the builder and what all types need',
    errors: 'the error catalogue',
    limits: 'what a request may cost',
    mutations: 'how every mutation is declared',
  }),
  http: layer({
    core: 'what all routes need',
    pages: 'pages for people',
    faces: 'the pages that were bundled, each under its policy',
    graphql: 'the route of the API',
    auth: 'routes of signing in',
    stripe: 'the route that payments report to',
    exports: 'files to download',
  }),
  config: layer(),
  lib: layer({ telemetry: 'what a collector is told' }),
  composition: layer(),
  commands: layer(),
  demo: layer({ links: 'the ways into it from this machine', look: 'what it looks like' }),
  testing: layer({
    merging: 'merges of members, on a recording',
    builders: 'one builder a noun',
    people: 'how people sign in, and what letters they get',
    webhooks: 'servers that are told of events',
    isolation: 'that a tenant sees and does nothing of another',
    payments: 'a stand-in for the one provider, and what its own file says of requests',
    parallel: 'that many calls of a mutation at once are one',
  }),
};

/** Here a noun is a file. */
const STORES = 'server/src/ports/stores';
const STORE_ROOMS = { ...PIPELINE, pages: 'how all stores hand out long lists' };

const ADVICE = 'If it is a noun of its own, add it to NOUNS; if it is there for a technical reason';
const list = (names: readonly string[]): string => names.join(', ');

const problemOfFolder = (layerName: string, room: string | undefined): string | undefined => {
  const found = LAYERS[layerName];
  if (found === undefined) {
    return (
      `server/src/${layerName} is no layer. The layers are ${list(Object.keys(LAYERS))}. For a new one, ` +
      'add it to LAYERS in infra/lint/house/rooms.ts and say in infra/lint/layers.js what it may import.'
    );
  }
  if (room === undefined || room in found.rooms || (found.nouns && NOUNS.includes(room))) {
    return undefined;
  }
  const allowed = [...(found.nouns ? NOUNS : []), ...Object.keys(found.rooms)];
  return (
    `server/src/${layerName}/${room} is no room of its layer, which has ${allowed.length === 0 ? 'none' : list(allowed)}. ` +
    `${ADVICE}, add it with the reason to LAYERS (infra/lint/house/rooms.ts).`
  );
};

/** @returns a sentence for each folder of the server, and each file of the stores' ports, whose name is no noun and no known room */
export const findUnknownRooms = (tree: SourceTree): string[] => {
  const problems = new Set<string>();
  for (const [folder, files] of filesByFolder(tree)) {
    const [workspace, src, layerName, room] = folder.split('/');
    if (workspace !== 'server' || src !== 'src' || layerName === undefined) continue;
    const problem = problemOfFolder(layerName, room);
    if (problem !== undefined) problems.add(problem);
    if (folder !== STORES) continue;
    for (const file of files) {
      const name = file.slice(STORES.length + 1).replace(/\.ts$/, '');
      if (NOUNS.includes(name) || name in STORE_ROOMS) continue;
      problems.add(
        `${file} is no noun, and a port of the stores is named by one: ${list([...NOUNS, ...Object.keys(STORE_ROOMS)])}. ` +
          `${ADVICE}, add it with the reason to STORE_ROOMS (infra/lint/house/rooms.ts).`,
      );
    }
  }
  return [...problems];
};
