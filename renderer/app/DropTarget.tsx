import { useEffect, useState } from 'react';
import { words } from '../../shared/words/app.ts';
import { Icon } from '../ui/Icon.tsx';

const holdsFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') === true;

/**
 * Shows that files can be dropped anywhere. The preload script takes them: only it learns their paths.
 * The page merely allows the drop, and keeps the browser from opening the file instead.
 */
export function DropTarget() {
  const [over, setOver] = useState(false);
  useEffect(() => {
    const onOver = (event: DragEvent) => {
      if (!holdsFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
      setOver(true);
    };
    // Without a related target the pointer has left the window, not just one element for another.
    const onLeave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const onDrop = (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
    };
    window.addEventListener('dragover', onOver);
    window.addEventListener('dragleave', onLeave);
    window.addEventListener('drop', onDrop);
    return () => {
      window.removeEventListener('dragover', onOver);
      window.removeEventListener('dragleave', onLeave);
      window.removeEventListener('drop', onDrop);
    };
  }, []);
  if (!over) return null;
  return (
    <div className="drop">
      <Icon name="import" size="large" />
      <b>{words.shell.drop.title}</b>
      <span>{words.shell.drop.body}</span>
    </div>
  );
}
