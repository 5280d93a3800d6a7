/** How far the verification has come. */
export interface Progress {
  /** Reading logs counts blocks, reading the contract counts calls, judging counts promises. */
  readonly stage: 'logs' | 'state' | 'judging';
  readonly done: number;
  readonly total: number;
}

/** Where progress is shown: `process.stderr`, or what a test puts in its place. */
export interface ProgressOutput {
  readonly isTTY?: boolean | undefined;
  write(text: string): unknown;
}

const BAR_WIDTH = 30;
/** A log file needs no more than a sign of life. */
const STEPS_WITHOUT_TERMINAL = 4;
const NAMES = {
  logs: 'Reading the logs',
  state: 'Reading the contract',
  judging: 'Judging',
} as const;
const UNITS = { logs: 'blocks', state: 'reads', judging: 'promises' } as const;
const CLEAR_LINE = '\r\u001b[K';

/** Shows progress: one bar that is drawn over in a terminal, a few plain lines elsewhere. */
export class ProgressLine {
  readonly #output: ProgressOutput;
  #shown = '';

  constructor(output: ProgressOutput) {
    this.#output = output;
  }

  update({ stage, done, total }: Progress): void {
    const share = total === 0 ? 1 : done / total;
    const text = `${NAMES[stage]}: ${done} of ${total} ${UNITS[stage]}`;
    if (this.#output.isTTY === true) {
      const filled = Math.round(share * BAR_WIDTH);
      const bar = '█'.repeat(filled) + '░'.repeat(BAR_WIDTH - filled);
      this.#output.write(`${CLEAR_LINE}${bar} ${text}`);
      return;
    }
    const step = `${stage} ${Math.floor(share * STEPS_WITHOUT_TERMINAL)}`;
    if (step === this.#shown) return;
    this.#shown = step;
    this.#output.write(`${text}\n`);
  }

  /** Leaves the terminal as it was. */
  end(): void {
    if (this.#output.isTTY === true) this.#output.write(CLEAR_LINE);
  }
}
