import type { Program } from '../domain/program.ts';
import { idOfProgram } from '../graphql/core/globalId.ts';
import { UsageError } from '../lib/commandLine.ts';

const isNamed = (program: Program, name: string): boolean =>
  program.id === name ||
  program.address.toLowerCase() === name.toLowerCase() ||
  program.id === idOfProgram(name);

/**
 * Chooses the program that a command is about.
 *
 * @param name Address of its Points contract, its `id` in the API or its id in the database; left out when there is one.
 * @throws UsageError when it is none, or left out and there are several
 */
export function chooseProgram(programs: readonly Program[], name: string | undefined): Program {
  const chosen =
    name === undefined ? programs : programs.filter((program) => isNamed(program, name));
  const [program] = chosen;
  if (program !== undefined && chosen.length === 1) return program;
  if (programs.length === 0) throw new UsageError('There is no program in this database yet.');
  const known = programs.map((one) => `  ${one.address}  ${one.name}`).join('\n');
  const wrong =
    name === undefined
      ? 'There are several programs; name one with --program'
      : `--program is ${JSON.stringify(name)}, which is none of these programs`;
  throw new UsageError(`${wrong}:\n${known}`);
}
