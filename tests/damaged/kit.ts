import type { Expected } from './expected.ts';
import type { Random } from './random.ts';
import type { Sources } from './sources.ts';

/** What a class of damage works with. */
export interface Kit {
  readonly sources: Sources;
  readonly random: Random;
  /** A folder of the class's own. */
  readonly folder: string;
  /** Done when everything is over, such as closing a socket. */
  readonly afterwards: (end: () => void) => void;
}

/** A file, or something else with a name, and what checking it may give. */
export interface Damaged {
  readonly path: string;
  readonly expected: Expected;
}

/** One way in which files are damaged. */
export interface DamageClass {
  readonly name: string;
  /** How many of it there are. */
  readonly count: number;
  /** Makes one of them; the same numbers make the same file. */
  readonly make: (index: number, kit: Kit) => Promise<Damaged>;
}
