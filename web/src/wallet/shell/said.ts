/**
 * Makes the status line of the wallet: one element of the page itself, so that nothing that is drawn anew can take it away before it
 * was read aloud. @returns what says something in it
 */
export function createSaid(): (text: string) => void {
  const line = document.getElementById('said');
  return (text) => {
    // The same words twice in a row are news too.
    if (line !== null) line.textContent = line.textContent === text ? `${text}\u00a0` : text;
  };
}
