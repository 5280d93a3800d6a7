import { cp, mkdir, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { startProcess } from '../processes/processes.ts';
import { DockerfileError, type Stage, type Step } from './dockerfile.ts';

/** A stage whose commands have been run, as a folder. */
export interface BuiltStage {
  readonly stage: Stage;
  /** Stands for `/` of the image. */
  readonly dir: string;
  /** In `dir`. */
  readonly workdir: string;
  /** What the image sets; paths are those in `dir`. */
  readonly env: Readonly<Record<string, string>>;
}

export interface StageBuild {
  readonly stages: readonly Stage[];
  /** Where the folders of the stages are made. */
  readonly dir: string;
  /** Root of the build context, and what is in it. */
  readonly contextDir: string;
  readonly contextFiles: readonly string[];
  /** Surroundings of every command, such as a PATH; the ENV of the stage comes on top. */
  readonly env: NodeJS.ProcessEnv;
  readonly onLine: (line: string) => void;
}

/** In a container it would be inside the image; here it would touch this machine. */
const ABSOLUTE_PATH = /(?:^|[\s"'=:])\/(?!dev\/null)[\w.]/;

const isDirectory = async (path: string): Promise<boolean> => (await stat(path)).isDirectory();

/** As COPY does it: of a folder what is in it, of a file itself. */
const copyInto = async (source: string, target: string, targetIsDir: boolean): Promise<void> => {
  if (await isDirectory(source)) {
    await cp(source, target, { recursive: true, verbatimSymlinks: true, force: true });
    return;
  }
  const file = targetIsDir ? join(target, basename(source)) : target;
  await mkdir(dirname(file), { recursive: true });
  await cp(source, file);
};

const copyFromContext = async (
  build: StageBuild,
  step: Step & { kind: 'copy' },
  target: string,
): Promise<void> => {
  const targetIsDir = step.target.endsWith('/');
  for (const source of step.sources) {
    const inside = build.contextFiles.filter((file) => file.startsWith(`${source}/`));
    for (const file of inside) {
      const name = file.slice(source.length + 1);
      await copyInto(join(build.contextDir, file), join(target, name), false);
    }
    if (inside.length > 0) continue;
    if (!build.contextFiles.includes(source)) {
      throw new DockerfileError(`COPY ${source}: .dockerignore lets nothing of that name through`);
    }
    await copyInto(join(build.contextDir, source), target, targetIsDir);
  }
};

const runCommand = async (
  command: string,
  cwd: string,
  env: NodeJS.ProcessEnv,
  onLine: (line: string) => void,
): Promise<void> => {
  if (ABSOLUTE_PATH.test(command)) {
    throw new DockerfileError(`RUN ${command}: names a path of this machine, use a variable`);
  }
  const program = await startProcess({ command: 'sh', args: ['-euc', command], cwd, env, onLine });
  const { code } = await program.closed;
  if (code !== 0) throw new DockerfileError(`RUN ${command}: ended with ${code}`);
};

/** Runs the steps of a stage, and of those that it needs, each once. */
export const createStageBuilder = (build: StageBuild): ((name: string) => Promise<BuiltStage>) => {
  const built = new Map<string, Promise<BuiltStage>>();

  const copy = async (
    step: Step & { kind: 'copy' },
    place: { dir: string; workdir: string },
  ): Promise<void> => {
    const target = step.target.startsWith('/')
      ? join(place.dir, step.target)
      : join(place.workdir, step.target);
    if (step.from === null) return copyFromContext(build, step, target);
    const other = await buildStage(step.from);
    for (const source of step.sources) {
      await copyInto(join(other.dir, source), target, step.target.endsWith('/'));
    }
  };

  const run = async (stage: Stage): Promise<BuiltStage> => {
    const dir = join(build.dir, stage.name);
    await mkdir(join(dir, 'home/node'), { recursive: true });
    let workdir = dir;
    let env: Record<string, string> = {};
    if (build.stages.some(({ name }) => name === stage.base)) {
      const base = await buildStage(stage.base);
      await cp(base.dir, dir, { recursive: true, verbatimSymlinks: true });
      workdir = join(dir, base.workdir.slice(base.dir.length));
      env = { ...base.env };
    }
    for (const step of stage.steps) {
      if (step.kind === 'workdir') {
        workdir = step.path.startsWith('/') ? join(dir, step.path) : join(workdir, step.path);
        await mkdir(workdir, { recursive: true });
      } else if (step.kind === 'env') {
        for (const [name, value] of Object.entries(step.values)) {
          env[name] = value.startsWith('/') ? join(dir, value) : value;
        }
      } else if (step.kind === 'copy') await copy(step, { dir, workdir });
      else await runCommand(step.command, workdir, { ...build.env, ...env }, build.onLine);
    }
    return { stage, dir, workdir, env };
  };

  const buildStage = (name: string): Promise<BuiltStage> => {
    const known = built.get(name);
    if (known !== undefined) return known;
    const stage = build.stages.find((each) => each.name === name);
    if (stage === undefined) throw new DockerfileError(`There is no stage ${name}`);
    build.onLine(`Stage ${name}, from ${stage.base}`);
    const building = run(stage);
    built.set(name, building);
    return building;
  };
  return buildStage;
};
