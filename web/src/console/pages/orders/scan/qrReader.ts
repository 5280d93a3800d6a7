/** Reads what a QR code in a picture says; null while there is none. */
export type ReadQr = (video: HTMLVideoElement) => Promise<string | null>;

/** The part of the browser that reads codes, where it is there. */
interface CodeDetector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}
interface CodeDetectorClass {
  new (options: { readonly formats: readonly string[] }): CodeDetector;
  getSupportedFormats(): Promise<readonly string[]>;
}

const FORMAT = 'qr_code';
/** Of the longer side: codes that fill a third of the picture are read at this size, on slow phones too. */
const MOST_PIXELS = 960;

async function browserReader(): Promise<ReadQr | null> {
  const { BarcodeDetector: Detector } = globalThis as { BarcodeDetector?: CodeDetectorClass };
  if (Detector === undefined) return null;
  try {
    if (!(await Detector.getSupportedFormats()).includes(FORMAT)) return null;
    const detector = new Detector({ formats: [FORMAT] });
    return async (video) => (await detector.detect(video))[0]?.rawValue ?? null;
  } catch {
    // It is named and not there: some systems leave it out.
    return null;
  }
}

async function ownReader(): Promise<ReadQr> {
  const { decodeQR } = await import('qr/decode.js');
  const canvas = document.createElement('canvas');
  const context = canvas.getContext('2d', { willReadFrequently: true });
  return (video) => {
    const { videoWidth, videoHeight } = video;
    const scale = Math.min(1, MOST_PIXELS / Math.max(videoWidth, videoHeight, 1));
    const [width, height] = [videoWidth, videoHeight].map((side) => Math.round(side * scale)) as [
      number,
      number,
    ];
    if (context === null || width === 0 || height === 0) return Promise.resolve(null);
    if (canvas.width !== width) canvas.width = width;
    if (canvas.height !== height) canvas.height = height;
    context.drawImage(video, 0, 0, width, height);
    try {
      return Promise.resolve(decodeQR(context.getImageData(0, 0, width, height)));
    } catch {
      // There is no code in this picture.
      return Promise.resolve(null);
    }
  };
}

/** The reader of the browser, else one of our own, which is loaded when it is needed. */
export async function openQrReader(): Promise<ReadQr> {
  return (await browserReader()) ?? (await ownReader());
}
