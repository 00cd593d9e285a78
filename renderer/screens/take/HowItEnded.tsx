import type { RecordingEnd } from '../../../shared/recording/recording.ts';
import { words } from '../../../shared/words/app.ts';
import { Note } from '../../ui/parts.tsx';

/** Why a recording ended that nobody stopped, and that what there is of it is kept. */
export function HowItEnded({ end }: { readonly end: RecordingEnd }) {
  if (end === 'stopped') return null;
  return (
    <div className="how-it-ended">
      <Note tone={end === 'longest' ? 'info' : 'warn'}>{words.stage.ended[end]}</Note>
    </div>
  );
}
