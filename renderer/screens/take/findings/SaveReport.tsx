import type { TakeId } from '../../../../shared/domain/ids.ts';
import { words } from '../../../../shared/words/app.ts';
import { addNotice } from '../../../app/notices.ts';
import { useCall } from '../../../app/queries.ts';
import { Button } from '../../../ui/Button.tsx';

/** Saves the report as one page that opens anywhere. */
export function SaveReport({ takeId }: { readonly takeId: TakeId }) {
  const save = useCall('saveReport', {
    onSuccess: ({ saved }) => {
      // Without the take: of what concerns the take of its own page, the page itself is to tell.
      if (saved === null) return;
      const message = words.review.reportSaved(saved.file, saved.folder);
      addNotice({ id: `report-${takeId}`, tone: 'pass', message, takeId: null });
    },
  });
  return (
    <Button size="small" icon="save" disabled={save.isPending} onClick={() => save.mutate({ takeId })}>
      {words.review.saveReport}
    </Button>
  );
}
