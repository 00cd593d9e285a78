import { words } from '../../../shared/words/app.ts';
import { useCall } from '../../app/queries.ts';
import { Button } from '../../ui/Button.tsx';

/** Opens the system's dialog. The way into the library, and its one primary action. */
export function ImportButton({ large = false }: { large?: boolean }) {
  const open = useCall('importFromDialog');
  return (
    <Button
      kind="primary"
      icon="import"
      size={large ? 'large' : 'normal'}
      disabled={open.isPending}
      onClick={() => open.mutate({})}
    >
      {large ? words.library.importLong : words.library.import}
    </Button>
  );
}
