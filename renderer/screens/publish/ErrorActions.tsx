import { words } from '../../../shared/words/app.ts';
import { routes } from '../../app/routes.ts';
import { ButtonLink } from '../../ui/Button.tsx';

/** True for errors that are put right in Settings. */
export const isForSettings = (code: string): boolean =>
  code.startsWith('HOST_') || code === 'TRAINER_NOT_CONFIGURED' || code === 'TRAINER_KEY_WRONG';

/** The way to where an error is put right, if that is a place in this window. */
export function ErrorActions({ code }: { code: string }) {
  if (!isForSettings(code)) return null;
  return (
    <ButtonLink size="small" icon="settings" href={routes.settings}>
      {words.shell.openSettings}
    </ButtonLink>
  );
}
