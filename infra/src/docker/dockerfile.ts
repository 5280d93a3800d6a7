import {
  DockerfileParser,
  type Copy,
  type Env,
  type From,
  type Healthcheck,
  type Instruction,
  type JSONInstruction,
} from 'dockerfile-ast';

/** What a stage does to its files, in order. */
export type Step =
  | { readonly kind: 'workdir'; readonly path: string }
  | { readonly kind: 'env'; readonly values: Readonly<Record<string, string>> }
  | {
      readonly kind: 'copy';
      /** Another stage; null for the build context. */
      readonly from: string | null;
      readonly sources: readonly string[];
      readonly target: string;
    }
  | { readonly kind: 'run'; readonly command: string };

/** One stage of a Dockerfile. */
export interface Stage {
  readonly name: string;
  /** Name of an earlier stage, or an image. */
  readonly base: string;
  readonly steps: readonly Step[];
  /** Who the image runs as; null for root. */
  readonly user: string | null;
  readonly cmd: readonly string[] | null;
  readonly healthCheck: readonly string[] | null;
}

/** The Dockerfile says something that this module does not know: better told than passed over. */
export class DockerfileError extends Error {}

/** Words that change nothing outside of Docker. */
const WITHOUT_EFFECT = new Set(['EXPOSE', 'STOPSIGNAL', 'LABEL']);

const words = (instruction: Instruction): string[] =>
  instruction.getArguments().map((argument) => argument.getValue());

const jsonWords = (instruction: Instruction): string[] => {
  const strings = (instruction as JSONInstruction).getJSONStrings();
  if (strings.length === 0) {
    throw new DockerfileError(
      `${instruction.getKeyword()} must be a JSON list: through a shell, signals do not reach the program.`,
    );
  }
  return strings.map((string) => string.getJSONValue());
};

const healthCheckOf = (instruction: Healthcheck): string[] => {
  const text = instruction.getArgumentsContent() ?? '';
  const list = /\bCMD\s+(\[.+\])\s*$/s.exec(text)?.[1];
  if (list === undefined) throw new DockerfileError('HEALTHCHECK must be CMD with a JSON list.');
  return JSON.parse(list) as string[];
};

const copyOf = (instruction: Copy): Step => {
  const unknown = instruction.getFlags().filter((flag) => flag.getName() !== 'from');
  if (unknown.length > 0) throw new DockerfileError(`COPY with ${String(unknown[0])}`);
  const [target, ...sources] = words(instruction).reverse();
  if (target === undefined || sources.length === 0) throw new DockerfileError('COPY of nothing');
  return {
    kind: 'copy',
    from: instruction.getFromFlag()?.getValue() ?? null,
    sources: sources.reverse(),
    target,
  };
};

const envOf = (instruction: Env): Step => ({
  kind: 'env',
  values: Object.fromEntries(
    instruction.getProperties().map((each) => [each.getName(), each.getValue() ?? '']),
  ),
});

interface Unfinished {
  name: string;
  base: string;
  steps: Step[];
  user: string | null;
  cmd: string[] | null;
  healthCheck: string[] | null;
}

const addTo = (stage: Unfinished, instruction: Instruction): void => {
  const keyword = instruction.getKeyword();
  if (keyword === 'WORKDIR') {
    stage.steps.push({ kind: 'workdir', path: words(instruction).join(' ') });
  } else if (keyword === 'ENV') stage.steps.push(envOf(instruction as Env));
  else if (keyword === 'COPY') stage.steps.push(copyOf(instruction as Copy));
  else if (keyword === 'RUN') {
    stage.steps.push({ kind: 'run', command: instruction.getRawArgumentsContent() ?? '' });
  } else if (keyword === 'USER') stage.user = words(instruction).join(' ');
  else if (keyword === 'CMD') stage.cmd = jsonWords(instruction);
  else if (keyword === 'HEALTHCHECK') stage.healthCheck = healthCheckOf(instruction as Healthcheck);
  else if (!WITHOUT_EFFECT.has(keyword)) throw new DockerfileError(`${keyword} is not known here`);
};

/**
 * Reads the stages of a Dockerfile, in their order.
 *
 * @throws DockerfileError for what is not known here
 */
export const readDockerfile = (text: string): readonly Stage[] => {
  const stages: Unfinished[] = [];
  for (const instruction of DockerfileParser.parse(text).getInstructions()) {
    if (instruction.getKeyword() === 'FROM') {
      const from = instruction as From;
      const name = from.getBuildStage() ?? `${stages.length}`;
      const base = from.getImage() ?? '';
      stages.push({ name, base, steps: [], user: null, cmd: null, healthCheck: null });
      continue;
    }
    const stage = stages.at(-1);
    if (stage === undefined) throw new DockerfileError('The first instruction must be FROM.');
    addTo(stage, instruction);
  }
  return stages;
};
