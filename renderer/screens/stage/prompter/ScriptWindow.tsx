import { type CSSProperties, memo, type RefObject } from 'react';
import { words } from '../../../../shared/words/app.ts';
import type { Sheet } from './roll.ts';

/** How the lines lie in the row, pixels. */
export interface Layout {
  readonly sheet: Sheet;
  readonly width: number;
  readonly letters: number;
  readonly lineHeight: number;
  readonly seen: number;
  readonly slot: number;
}

/**
 * The few lines that are seen. All lines lie on one sheet that is moved as a whole; the ones that are not being read
 * are dimmed by panes that stand still above it, so that a step of the text paints nothing anew.
 */
export function ScriptWindow({
  layout,
  text,
  mirrored,
  hidden,
}: {
  readonly layout: Layout;
  readonly text: RefObject<HTMLDivElement | null>;
  readonly mirrored: boolean;
  readonly hidden: boolean;
}) {
  const { sheet, width, letters, lineHeight, seen, slot } = layout;
  const frame: CSSProperties = {
    width,
    height: seen * lineHeight,
    fontSize: letters,
    lineHeight: `${lineHeight}px`,
  };
  const pane = (top: number, rows: number) => (
    <i className="pane" style={{ top: top * lineHeight, height: rows * lineHeight }} />
  );
  return (
    <div
      className="prompter-window"
      style={frame}
      data-mirrored={mirrored ? '' : undefined}
      data-hidden={hidden ? '' : undefined}
    >
      <div className="prompter-text" ref={text}>
        <Lines sheet={sheet} lineHeight={lineHeight} />
      </div>
      {slot > 0 && pane(0, slot)}
      {seen > slot + 1 && pane(slot + 1, seen - slot - 1)}
    </div>
  );
}

const Lines = memo(function Lines({ sheet, lineHeight }: Pick<Layout, 'sheet' | 'lineHeight'>) {
  const style = { height: lineHeight };
  return [...sheet.lead, ...sheet.script, ...sheet.end].map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: a line is its place
    <p key={index} data-kind={line.kind} style={style} aria-hidden={line.kind === 'breath' || undefined}>
      {line.kind === 'breath' ? words.prompter.breath : line.text}
    </p>
  ));
});
