/**
 * Every sentence of the window. Components take their words from here and nowhere else, so that they can be
 * read, corrected and translated in one place.
 */
import { keyWords } from './appKeys.ts';
import { libraryWords, stateWords } from './appLibrary.ts';
import { mendWords } from './appMends.ts';
import * as numbers from './appNumbers.ts';
import { orderWords } from './appOrder.ts';
import { prompterWords } from './appPrompter.ts';
import { consentWording, hostNames, publishWords, trainerNames } from './appPublish.ts';
import { reviewWords } from './appReview.ts';
import { settingsWords } from './appSettings.ts';
import { shellWords } from './appShell.ts';
import { stageWords } from './appStage.ts';
import { takeWords } from './appTake.ts';
import { twinWords } from './appTwins.ts';

export const words = {
  shell: shellWords,
  keys: keyWords,
  library: libraryWords,
  state: stateWords,
  take: takeWords,
  review: reviewWords,
  mends: mendWords,
  publish: publishWords,
  consent: consentWording,
  trainer: trainerNames,
  host: hostNames,
  order: orderWords,
  twins: twinWords,
  settings: settingsWords,
  stage: stageWords,
  prompter: prompterWords,
} as const;

/** How figures are written. */
export const say = numbers;
