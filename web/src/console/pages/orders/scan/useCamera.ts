import { useEffect, useRef, useState, type RefObject } from 'react';
import { openQrReader } from './qrReader.ts';

/**
 * How far the camera is.
 *
 * - `asking`: the browser asks the person, or opens it
 * - `on`: it is seen, and codes are read
 * - `refused`: the person or the browser does not allow it
 * - `missing`: there is none, or the page is not on a safe connection
 * - `busy`: another app has it, or it failed
 */
export type CameraState = 'asking' | 'on' | 'refused' | 'missing' | 'busy';

const LOOK_MS = 150;
const WANTED = {
  audio: false,
  video: { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: 960 } },
} as const;

function stateOf(error: unknown): CameraState {
  const name = error instanceof DOMException ? error.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'missing' : 'busy';
}

/** Shows the camera that looks away from the person, and tells each code that it sees, for as long as the part is shown. @param tries asks anew when it changes */
export function useCamera(
  onCode: (text: string) => void,
  tries: number,
): { readonly state: CameraState; readonly video: RefObject<HTMLVideoElement | null> } {
  const video = useRef<HTMLVideoElement>(null);
  const tell = useRef(onCode);
  const [state, setState] = useState<CameraState>('asking');
  useEffect(() => {
    tell.current = onCode;
  }, [onCode]);
  useEffect(() => {
    let isWanted = true;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stream: MediaStream | null = null;
    const close = (): void => {
      clearTimeout(timer);
      for (const track of stream?.getTracks() ?? []) track.stop();
      stream = null;
    };
    const open = async (): Promise<void> => {
      setState('asking');
      // Left out by browsers where the connection is not safe.
      const devices = navigator.mediaDevices as MediaDevices | undefined;
      if (devices?.getUserMedia === undefined) return setState('missing');
      const [opened, read] = await Promise.all([devices.getUserMedia(WANTED), openQrReader()]);
      stream = opened;
      const { current } = video;
      if (!isWanted || current === null) return close();
      current.srcObject = opened;
      await current.play();
      setState('on');
      const look = async (): Promise<void> => {
        // Nothing is looked for while nobody looks at the page.
        const text = document.hidden ? null : await read(current).catch(() => null);
        if (!isWanted) return;
        if (text !== null) tell.current(text);
        timer = setTimeout(() => void look(), LOOK_MS);
      };
      void look();
    };
    open().catch((error: unknown) => {
      close();
      if (isWanted) setState(stateOf(error));
    });
    return () => {
      isWanted = false;
      close();
    };
  }, [tries]);
  return { state, video };
}
