import { words } from '../../../shared/words/app.ts';
import { useCall } from '../../app/queries.ts';
import { Button } from '../../ui/Button.tsx';

/** Opens the system's dialog: the way into the library for what was recorded elsewhere. */
export function ImportButton({ large = false }: { large?: boolean }) {
  const open = useCall('importFromDialog');
  return (
    <Button
      icon="import"
      size={large ? 'large' : 'normal'}
      disabled={open.isPending}
      onClick={() => open.mutate({})}
    >
      {large ? words.library.importLong : words.library.import}
    </Button>
  );
}
