import { type RefObject, useLayoutEffect, useMemo, useState } from 'react';
import { type Segment, segmentsOf } from '../../../../shared/recording/script.ts';
import { words } from '../../../../shared/words/app.ts';
import type { TeleprompterSettings } from './adjust.ts';
import { linesOf, type Measure } from './lines.ts';
import { sizesIn, windowOf } from './roll.ts';
import type { Layout } from './ScriptWindow.tsx';

const LEAD = segmentsOf(`[${words.prompter.lead}]`);
const END = segmentsOf(`[${words.prompter.end}]`);

interface Room {
  readonly width: number;
  readonly height: number;
}

/** Lays the script out in the room of an element, again whenever room, script or settings change. */
export function useLayout(
  frame: RefObject<HTMLElement | null>,
  segments: readonly Segment[],
  { textSize, width: share }: Pick<TeleprompterSettings, 'textSize' | 'width'>,
): Layout | null {
  const room = useRoom(frame);
  return useMemo(() => {
    if (!room) return null;
    const { letters, line } = sizesIn(room.height, textSize);
    const width = Math.floor(room.width * share);
    const measure = measureAt(letters);
    // The engine that measures draws them too; the last pixel is for rounding.
    const lay = (part: readonly Segment[]) => linesOf(part, measure, width - 1);
    return {
      sheet: { lead: lay(LEAD), script: lay(segments), end: lay(END) },
      width,
      letters,
      lineHeight: line,
      ...windowOf(room.height, line),
    };
  }, [room, segments, textSize, share]);
}

function useRoom(frame: RefObject<HTMLElement | null>): Room | null {
  const [room, setRoom] = useState<Room | null>(null);
  useLayoutEffect(() => {
    const element = frame.current;
    if (!element) return;
    const look = () => {
      const { clientWidth: width, clientHeight: height } = element;
      setRoom((before) => (before?.width === width && before.height === height ? before : { width, height }));
    };
    look();
    const resized = new ResizeObserver(look);
    resized.observe(element);
    return () => resized.disconnect();
  }, [frame]);
  return room && room.width > 0 && room.height > 0 ? room : null;
}

/** Measures without laying anything out. Directions lean; they are no wider. */
function measureAt(letters: number): Measure {
  const context = document.createElement('canvas').getContext('2d');
  const known = new Map<string, number>();
  if (context) context.font = `${letters}px ${getComputedStyle(document.body).fontFamily}`;
  return (text) => {
    const before = known.get(text);
    if (before !== undefined) return before;
    const width = context?.measureText(text).width ?? text.length * letters * 0.5;
    known.set(text, width);
    return width;
  };
}
