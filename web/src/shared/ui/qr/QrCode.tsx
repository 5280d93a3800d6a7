import { useEffect, useState, type JSX } from 'react';
import './qrCode.css';

/** White around it, without which cameras do not find it. */
const BORDER = 2;

/** A QR code. It is dark on white in any theme: some readers take no other. */
export function QrCode({
  text,
  label,
}: {
  readonly text: string;
  readonly label: string;
}): JSX.Element {
  const [{ size, path }, setCode] = useState({ size: 1, path: '' });
  useEffect(() => {
    let isWanted = true;
    // Far below the first screen, so it comes after all that is above it.
    const draw = async (): Promise<void> => {
      const drawer = await import('uqr').catch(() => null);
      // Without a connection it comes with the next one.
      if (drawer === null) return addEventListener('online', again, { once: true });
      const { data, size: side } = drawer.encode(text, { border: BORDER });
      const dots = data.flatMap((row, y) =>
        row.flatMap((isDark, x) => (isDark ? [`M${x} ${y}h1v1h-1z`] : [])),
      );
      if (isWanted) setCode({ size: side, path: dots.join('') });
    };
    const again = (): void => void draw();
    again();
    return () => {
      isWanted = false;
      removeEventListener('online', again);
    };
  }, [text]);
  return (
    <svg
      className="qr"
      viewBox={`0 0 ${size} ${size}`}
      role="img"
      aria-label={label}
      shapeRendering="crispEdges"
    >
      <rect width={size} height={size} fill="#fff" />
      <path d={path} fill="#0c2a2b" />
    </svg>
  );
}
