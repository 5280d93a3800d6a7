/**
 * What a purchase log earns, computed a second time and on purpose in another way: straight from the text, with plain
 * numbers, by sorting and walking rather than by statements. Shares no code with the formula, the parser or the server,
 * so that a mistake in one of them shows.
 */

interface Rates {
  perAction: number;
  perUnit: number;
  maxCount: number;
  maxPoints: number;
}

/**
 * Base units for a log whose fields hold no commas and whose sums stay below 2^53 (any shop's do).
 *
 * @param csv Columns event_id, customer, date, items, cents in this order.
 */
export function pointsOfLog(csv: string, rulesJson: string): number {
  const rates = JSON.parse(rulesJson) as { purchase: Rates; album: Rates };
  const lines = csv.trim().split(/\r?\n/).slice(1);
  const visits = lines
    .map((line) => line.split(','))
    .map(([, customer, date, items, cents]) => ({
      key: `${customer}|${date}`,
      items: Number(items),
      cents: Number(cents),
    }))
    .sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0));

  let total = 0;
  for (let from = 0; from < visits.length;) {
    let to = from;
    let cents = 0;
    let items = 0;
    while (to < visits.length && visits[to]?.key === visits[from]?.key) {
      cents += visits[to]?.cents ?? 0;
      items += visits[to]?.items ?? 0;
      to += 1;
    }
    const purchases = to - from;
    const forBuying = Math.floor(
      (Math.min(purchases, rates.purchase.maxCount) * rates.purchase.perAction * 1e6 +
        cents * rates.purchase.perUnit) /
        1e6,
    );
    const forAlbums = Math.min(items, rates.album.maxCount) * rates.album.perAction;
    total += Math.min(forBuying, rates.purchase.maxPoints);
    total += Math.min(forAlbums, rates.album.maxPoints);
    from = to;
  }
  return total;
}
