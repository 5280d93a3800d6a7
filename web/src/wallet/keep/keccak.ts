/** Keccak-256, which keystores of Ethereum check their passphrase with and browsers do not have. Small inputs only. */

const ROUNDS = 24;
const LANES = 25;
const RATE_BYTES = 136;
const MASK = (1n << 64n) - 1n;

/** Constants of the rounds, by the shift register of the standard. */
const CONSTANTS = roundConstants();
/** How far each lane is turned, in the order in which lanes are moved. */
const TURNS = [
  ...[1, 3, 6, 10, 15, 21, 28, 36, 45, 55, 2, 14],
  ...[27, 41, 56, 8, 25, 43, 62, 18, 39, 61, 20, 44],
];
/** Where each lane goes, in the same order. */
const MOVES = [
  ...[10, 7, 11, 17, 18, 3, 5, 16, 8, 21, 24, 4],
  ...[15, 23, 19, 13, 12, 2, 20, 14, 22, 9, 6, 1],
];

function roundConstants(): readonly bigint[] {
  const constants: bigint[] = [];
  let register = 1;
  for (let round = 0; round < ROUNDS; round += 1) {
    let constant = 0n;
    for (let bit = 0; bit < 7; bit += 1) {
      if ((register & 1) === 1) constant |= 1n << BigInt((1 << bit) - 1);
      register <<= 1;
      if ((register & 0x100) !== 0) register ^= 0x171;
    }
    constants.push(constant);
  }
  return constants;
}

const turned = (lane: bigint, by: number): bigint =>
  ((lane << BigInt(by)) | (lane >> BigInt(64 - by))) & MASK;

const laneOf = (lanes: readonly bigint[], index: number): bigint => lanes[index % LANES] ?? 0n;

/** One round over all lanes. */
function scramble(lanes: bigint[], constant: bigint): void {
  const columns = [0, 1, 2, 3, 4].map((x) =>
    [0, 5, 10, 15, 20].reduce((all, y) => all ^ laneOf(lanes, x + y), 0n),
  );
  for (let index = 0; index < LANES; index += 1) {
    const x = index % 5;
    const mixed = (columns[(x + 4) % 5] ?? 0n) ^ turned(columns[(x + 1) % 5] ?? 0n, 1);
    lanes[index] = laneOf(lanes, index) ^ mixed;
  }
  let carried = laneOf(lanes, 1);
  for (const [step, to] of MOVES.entries()) {
    const next = laneOf(lanes, to);
    lanes[to] = turned(carried, TURNS[step] ?? 0);
    carried = next;
  }
  for (let row = 0; row < LANES; row += 5) {
    const before = lanes.slice(row, row + 5);
    for (let x = 0; x < 5; x += 1) {
      const [one = 0n, two = 0n] = [before[(x + 1) % 5], before[(x + 2) % 5]];
      lanes[row + x] = (before[x] ?? 0n) ^ (~one & MASK & two);
    }
  }
  lanes[0] = laneOf(lanes, 0) ^ constant;
}

/** @returns 32 bytes */
export function keccak256(input: Uint8Array): Uint8Array {
  const padded = new Uint8Array(Math.ceil((input.length + 1) / RATE_BYTES) * RATE_BYTES);
  padded.set(input);
  padded[input.length] = 0x01;
  const last = padded.length - 1;
  padded[last] = (padded[last] ?? 0) | 0x80;
  const view = new DataView(padded.buffer);
  const lanes = Array.from({ length: LANES }, () => 0n);
  for (let block = 0; block < padded.length; block += RATE_BYTES) {
    for (let lane = 0; lane < RATE_BYTES / 8; lane += 1) {
      lanes[lane] = laneOf(lanes, lane) ^ view.getBigUint64(block + lane * 8, true);
    }
    for (const constant of CONSTANTS) scramble(lanes, constant);
  }
  const output = new DataView(new ArrayBuffer(32));
  for (let lane = 0; lane < 4; lane += 1) output.setBigUint64(lane * 8, laneOf(lanes, lane), true);
  return new Uint8Array(output.buffer);
}
