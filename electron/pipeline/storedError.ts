import type { StoredError } from '../../shared/domain/take.ts';
import type { StudioError } from '../../shared/errors.ts';
import { errorSentence } from '../../shared/words/errors.ts';

/** An error as records keep it: its code and its finished sentence, never a stack. */
export function stored(error: StudioError): StoredError {
  return { code: error.code, message: errorSentence(error.code, error.details) };
}
