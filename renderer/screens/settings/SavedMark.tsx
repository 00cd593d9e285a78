import { words } from '../../../shared/words/app.ts';
import { Icon } from '../../ui/Icon.tsx';
import type { Saving } from './useSaveSettings.ts';

/** Says that a change has been kept, or why not. */
export function SavedMark({ saving }: { saving: Saving }) {
  return (
    <span className="saved" role="status" data-wrong={saving.wrong === undefined ? undefined : ''}>
      {saving.busy && words.settings.saving}
      {!saving.busy && saving.saved && (
        <>
          <Icon name="done" size="small" />
          {words.settings.saved}
        </>
      )}
      {saving.wrong}
    </span>
  );
}
