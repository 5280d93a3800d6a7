import { hiddenQuestion } from './askHidden.ts';
import { runMemberCommand } from './commandLine.ts';

const { stdout, stderr, env } = process;
process.exitCode = await runMemberCommand(process.argv.slice(2), {
  ...{ stdout, stderr, env },
  askSecret: hiddenQuestion(process),
});
