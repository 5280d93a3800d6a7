import { fromBase, POINT_DECIMALS, toBase } from '../../../../shared/format/amounts.ts';
import { bareNumber } from '../../../../shared/format/typedNumbers.ts';
import { hasChinese, partInLanguage } from '../../../../shared/format/words.ts';

/** What is wrong with what was typed: a word of the catalogue of words. */
export type ItemFlaw =
  'empty' | 'price' | 'tooHigh' | 'stock' | 'added' | 'tooLong' | 'unseen' | 'english' | 'chinese';

/** A value that was typed, or what is wrong with it. */
export type Typed<Value> = { readonly value: Value } | { readonly flaw: ItemFlaw };

const PRICE = /^\d{1,30}(\.\d{1,2})?$/;
const PIECES = /^\d{1,10}$/;
/** Of points, in base units: 96 bits in the contract. */
const MOST_POINTS = 2n ** 96n - 1n;
/** The next number stands for a stock without end. */
const MOST_PIECES = 4_294_967_294;
/** Of the words of an item, in UTF-8. */
export const MOST_TEXT_BYTES = 512;
/** What nobody sees or can tell apart, as the service refuses it. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Cn}\p{Zl}\p{Zp}\u2800]|(?! )\p{Zs}/u;
const ENDS = /[.!?]$/;

/** Reads a price as it is typed: a decimal string with two decimals. */
export function typedPrice(text: string): Typed<string> {
  const typed = bareNumber(text);
  if (typed === '') return { flaw: 'empty' };
  if (!PRICE.test(typed)) return { flaw: 'price' };
  const units = toBase(typed, POINT_DECIMALS);
  if (units === 0n) return { flaw: 'price' };
  return units > MOST_POINTS ? { flaw: 'tooHigh' } : { value: fromBase(units, POINT_DECIMALS) };
}

const pieces = (text: string): number | null =>
  PIECES.test(text) && Number(text) <= MOST_PIECES ? Number(text) : null;

/** Reads a stock; null for one without end, when nothing is typed. */
export function typedStock(text: string): Typed<number | null> {
  const typed = bareNumber(text);
  if (typed === '') return { value: null };
  const value = pieces(typed);
  return value === null ? { flaw: 'stock' } : { value };
}

/** Reads how many pieces are added. @param stock that there is, as both together have a bound */
export function typedPieces(text: string, stock: number): Typed<number> {
  const typed = bareNumber(text);
  if (typed === '') return { flaw: 'empty' };
  const value = pieces(typed);
  const isGood = value !== null && value > 0 && value <= MOST_PIECES - stock;
  return isGood ? { value } : { flaw: 'added' };
}

/** Counts bytes as the contract does. */
export const textBytes = (text: string): number => new TextEncoder().encode(text).length;

/** Writes the words of an item in one line, English first, so that each member is shown the part in their language. */
export function itemText(english: string, chinese: string): string {
  const [en, zh] = [english, chinese].map((text) => text.trim().normalize('NFC')) as [
    string,
    string,
  ];
  if (en === '' || zh === '') return en + zh;
  return `${ENDS.test(en) ? en : `${en}.`} ${zh}`;
}

/** Reads the words of an item as they are typed in both languages. */
export function typedText(english: string, chinese: string): Typed<string> {
  const value = itemText(english, chinese);
  if (value === '') return { flaw: 'empty' };
  if (UNSEEN.test(value)) return { flaw: 'unseen' };
  if (textBytes(value) > MOST_TEXT_BYTES) return { flaw: 'tooLong' };
  const zh = itemText('', chinese);
  if (zh === '' || english.trim() === '') return { value };
  // The wallet finds the place between the two by the first Chinese sign.
  if (hasChinese(english)) return { flaw: 'english' };
  return partInLanguage(value, 'zh') === zh ? { value } : { flaw: 'chinese' };
}

/** Tells what a price that is typed does to one that is in force: a cut is at once, a rise waits for the notice. */
export function priceEffect(
  price: string,
  {
    price: now,
    scheduledPrice,
  }: { readonly price: string; readonly scheduledPrice: string | null },
): 'same' | 'scheduled' | 'callsOff' | 'cut' | 'rise' {
  const [typed, current] = [price, now].map((text) => toBase(text, POINT_DECIMALS)) as [
    bigint,
    bigint,
  ];
  if (scheduledPrice !== null && typed === toBase(scheduledPrice, POINT_DECIMALS)) {
    return 'scheduled';
  }
  if (typed > current) return 'rise';
  if (typed < current) return 'cut';
  return scheduledPrice === null ? 'same' : 'callsOff';
}
