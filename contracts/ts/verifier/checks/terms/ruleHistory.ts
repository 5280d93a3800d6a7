import { AbiCoder, keccak256 } from 'ethers';
import type { RuleTerms } from '../../../formula.ts';
import type { Hex } from '../../../statement.ts';
import type { Rule } from '../../../terms.ts';
import type { Place, RuleSetPublished } from '../../events/events.ts';
import { Check } from '../../report/check.ts';

/** A version of the rule set as the contract computes with it. */
export interface RuleSetRead {
  readonly fromEpoch: number;
  readonly budgetPerEpoch: bigint;
  readonly documentHash: Hex;
  readonly words: readonly bigint[];
}

/** A version of the rule set, as its log published it. */
export interface RuleSetVersion {
  readonly version: number;
  readonly fromEpoch: number;
  readonly budgetPerEpoch: bigint;
  readonly documentHash: Hex;
  readonly rules: readonly Rule[];
  readonly termsById: ReadonlyMap<number, RuleTerms>;
  /** Where it was published. */
  readonly at: Place;
}

/** `IPoints.RuleSetTerms.rules`. */
const MAX_RULES = 32;
const encoder = AbiCoder.defaultAbiCoder();

/** All versions of the rule set, and whether their history is as promised. */
export class RuleHistory {
  readonly check = new Check('rules');
  readonly #versions: RuleSetVersion[] = [];
  readonly #textHashes = new Map<number, string>();
  readonly #idsByName = new Map<string, number>();

  get count(): number {
    return this.#versions.length;
  }

  get all(): readonly RuleSetVersion[] {
    return this.#versions;
  }

  /** The version published last, in force or to come; undefined before any was published. */
  get newest(): RuleSetVersion | undefined {
    return this.#versions.at(-1);
  }

  /** The version in force for an epoch; undefined before any was published. */
  versionOf(epoch: number): RuleSetVersion | undefined {
    return this.#versions.findLast(({ fromEpoch }) => fromEpoch <= epoch);
  }

  /** The highest budget of the version in force for an epoch and of all that follow it. */
  highestBudgetFrom(epoch: number): bigint {
    const inForce = this.versionOf(epoch)?.version ?? 0;
    const budgets = this.#versions.slice(inForce).map(({ budgetPerEpoch }) => budgetPerEpoch);
    return budgets.reduce((highest, budget) => (budget > highest ? budget : highest), 0n);
  }

  /** Whether a rule of this id was published, in force or not. */
  isDefined(ruleId: number): boolean {
    return this.#textHashes.has(ruleId);
  }

  publish(event: RuleSetPublished, clockEpoch: number): void {
    const { version, fromEpoch, at } = event;
    const name = `version ${version}`;
    const newest = this.#versions.at(-1);
    this.check.equal(this.#versions.length, version, () => `the number of ${name}`, at);
    if (newest === undefined) {
      this.check.equal(0, fromEpoch, () => `first epoch of the opening ${name}`, at);
    } else {
      this.check.holds(
        fromEpoch > newest.fromEpoch && fromEpoch > clockEpoch,
        () => `first epoch of ${name}`,
        `after ${Math.max(newest.fromEpoch, clockEpoch)}`,
        fromEpoch,
        at,
      );
    }
    const ids = event.rules.map(({ id }) => id);
    this.check.holds(
      ids.length >= 1 &&
        ids.length <= MAX_RULES &&
        ids.every((id, i) => i === 0 || id > (ids[i - 1] ?? id)),
      () => `rule ids of ${name}`,
      `1 to ${MAX_RULES}, ascending`,
      ids.join(', '),
      at,
    );
    this.#keepTexts(event);
    this.#versions.push({ ...event, termsById: new Map(event.rules.map((r) => [r.id, r])) });
  }

  /** Compares what was published with what the contract holds. */
  compare(reads: readonly RuleSetRead[], textHashes: ReadonlyMap<number, string>): void {
    this.check.equal(this.count, reads.length, () => 'number of versions (ruleSetCount)', null);
    for (const [i, published] of this.#versions.entries()) {
      const read = reads[i];
      if (read === undefined) break;
      const what = (field: string) => () => `${field} of version ${i} (ruleSet)`;
      this.check.equal(published.fromEpoch, read.fromEpoch, what('first epoch'), null);
      this.check.equal(published.budgetPerEpoch, read.budgetPerEpoch, what('budget'), null);
      const { documentHash } = published;
      this.check.equal(documentHash, read.documentHash, what('small print'), null);
      this.check.equal(published.rules.length, read.words.length, what('number of rules'), null);
      for (const [n, rule] of published.rules.entries()) {
        const word = read.words[n] ?? 0n;
        this.check.equal(shownWord(ruleWord(rule)), shownWord(word), what(`rule ${rule.id}`), null);
      }
    }
    for (const [id, hash] of this.#textHashes) {
      const read = textHashes.get(id) ?? 'not read';
      this.check.equal(hash, read, () => `name and text of rule ${id} (ruleTextHash)`, null);
    }
  }

  /** Ids whose words were published. */
  definedIds(): number[] {
    return [...this.#textHashes.keys()];
  }

  #keepTexts(event: RuleSetPublished): void {
    for (const rule of event.rules) {
      const { id } = rule;
      const hash = ruleTextHash(rule);
      const kept = this.#textHashes.get(id);
      if (kept === undefined) this.#textHashes.set(id, hash);
      else this.check.equal(kept, hash, () => `name and text of rule ${id}`, event.at);
      const named = this.#idsByName.get(rule.name) ?? id;
      this.check.equal(named, id, () => `the id of the name ${rule.name}`, event.at);
      this.#idsByName.set(rule.name, named);
    }
  }
}

/** The fields of a rule word after the id, and their bits, from the most significant on. */
const WORD_FIELDS = [
  ['perAction', 64n],
  ['perUnit', 64n],
  ['maxCount', 32n],
  ['maxPoints', 34n],
  ['untilEpoch', 32n],
] as const;

/** A rule as `IPoints.ruleSet` packs it. */
export function ruleWord(rule: RuleTerms): bigint {
  return WORD_FIELDS.reduce(
    (word, [field, bits]) => (word << bits) | BigInt(rule[field]),
    BigInt(rule.id),
  );
}

/** The fields of a rule word; the reverse of {@link ruleWord}. */
export function ruleInWord(word: bigint): RuleTerms {
  const fields: Partial<Record<(typeof WORD_FIELDS)[number][0], bigint>> = {};
  let rest = word;
  for (const [field, bits] of WORD_FIELDS.toReversed()) {
    fields[field] = BigInt.asUintN(Number(bits), rest);
    rest >>= bits;
  }
  const { perAction = 0n, perUnit = 0n, maxCount = 0n, maxPoints = 0n, untilEpoch = 0n } = fields;
  return {
    ...{ id: Number(rest), perAction, perUnit, maxCount, maxPoints },
    untilEpoch: Number(untilEpoch),
  };
}

/** Every bit of a rule word, for people. */
function shownWord(word: bigint): string {
  const { id, ...fields } = ruleInWord(word);
  const shownFields = WORD_FIELDS.map(([field]) => `${field} ${fields[field]}`);
  return [`id ${id}`, ...shownFields].join(', ');
}

/** What `IPoints.ruleTextHash` answers for the words of a rule. */
export function ruleTextHash({ name, text }: Pick<Rule, 'name' | 'text'>): string {
  return keccak256(encoder.encode(['string', 'string'], [name, text]));
}
