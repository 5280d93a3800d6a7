import cliProgress from 'cli-progress';
import type { ReplayProgress } from './play/replay.ts';

/** Shows how far a replay is: a bar on a terminal, a line for every tenth elsewhere. */
export interface ProgressDisplay {
  show(progress: ReplayProgress): void;
  end(): void;
}

const TENTHS = 10;

export function createProgressDisplay(stream: NodeJS.WriteStream): ProgressDisplay {
  if (!stream.isTTY) {
    let tenthsShown = 0;
    return {
      show({ rowsDone, rowsTotal, date, openStatements }) {
        const tenths = Math.floor((rowsDone / rowsTotal) * TENTHS);
        if (tenths <= tenthsShown) return;
        tenthsShown = tenths;
        stream.write(`${tenths * 10} %, ${date}, ${openStatements} statements open\n`);
      },
      end: () => undefined,
    };
  }
  const bar = new cliProgress.SingleBar(
    {
      format:
        '{bar} {percentage} % | {date} | {value}/{total} purchases | {open} statements open | {eta_formatted} left',
      stream,
      hideCursor: true,
      barsize: 30,
      etaBuffer: 100,
    },
    cliProgress.Presets.rect,
  );
  let started = false;
  return {
    show({ rowsDone, rowsTotal, date, openStatements }) {
      const payload = { date, open: openStatements };
      if (!started) bar.start(rowsTotal, 0, payload);
      started = true;
      bar.update(rowsDone, payload);
    },
    end: () => bar.stop(),
  };
}
