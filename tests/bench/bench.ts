/** What every benchmark gets and gives. */

export interface BenchContext {
  /** Length of what is recorded; the bench's own when it was not asked for. */
  readonly seconds: number | undefined;
  /** What is measured with; a bench that takes one composes its own where none was named. */
  readonly file: string | undefined;
  /** Empty; removed when the bench is over. */
  readonly folder: string;
  /** Talk beside the result. */
  readonly say: (line: string) => void;
}

export type Figure = string | number | null;

export interface Bench {
  /** One line, for the list. */
  readonly about: string;
  /** Needs the studio's window, and so a display and the bundle. */
  readonly window: boolean;
  /** Looks at faces in this process, with the product's own worker. */
  readonly vision?: boolean;
  /** Takes a file. */
  readonly takesFile?: boolean;
  /** What each figure says and in which unit; a figure without a line is named by itself. */
  readonly figures: Readonly<Record<string, string>>;
  /** @throws {Error} with a sentence, when it could not measure */
  run(context: BenchContext): Promise<Readonly<Record<string, Figure>>>;
}
