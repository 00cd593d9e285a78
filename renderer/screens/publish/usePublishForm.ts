import { useState } from 'react';
import type { AppState } from '../../../shared/contract.ts';
import type { TwinSummary } from '../../../shared/domain/summary.ts';
import type { Take } from '../../../shared/domain/take.ts';
import type { HostKind, TrainerKind } from '../../../shared/domain/twin.ts';
import type { Settings } from '../../../shared/settings.ts';
import { words } from '../../../shared/words/app.ts';

const LONGEST_NAME = 200;

/** What the choices start from. */
export interface PublishGiven {
  readonly take: Take;
  readonly settings: Settings;
  readonly app: AppState;
  readonly twins: readonly TwinSummary[];
  /** A twin that was chosen before coming here. */
  readonly twinId: string | null;
}

/** The choices of an order, and what follows from them. */
export function usePublishForm({ take, settings, app, twins, twinId }: PublishGiven) {
  const asked = twins.find((twin) => twin.id === twinId);
  const [trainer, setTrainer] = useState<TrainerKind>(
    app.trialRuntime ? 'practice' : (asked?.trainer ?? settings.trainer),
  );
  const [chosenHost, setHost] = useState<HostKind>(app.trialRuntime ? 'practice' : settings.host);
  const [wantsExisting, setWantsExisting] = useState(asked !== undefined);
  const [chosenTwin, setTwin] = useState<string | null>(asked?.id ?? null);
  const [newPerson, setNewPerson] = useState('');
  const [lookName, setLookName] = useState(take.name);
  const [otherPerson, setOtherPerson] = useState<string | null>(null);
  const [how, setHow] = useState<'here' | 'page'>('here');
  const [url, setUrl] = useState('');
  // Agreed is a sentence, not a box: when the name in it changes, it has to be agreed to again.
  const [agreedTo, setAgreedTo] = useState<string | null>(null);

  const ownTwins = twins.filter((twin) => twin.trainer === trainer);
  const existing =
    wantsExisting && ownTwins.length > 0
      ? (ownTwins.find((twin) => twin.id === chosenTwin) ?? ownTwins[0])
      : undefined;
  // Only the practice trainer stands where the practice host can be reached.
  const host: HostKind = trainer === 'practice' ? chosenHost : 's3';
  const person = (existing ? (otherPerson ?? existing.name) : newPerson).trim();
  const named = person === '' ? words.publish.consent.unnamed : person;
  const wording = how === 'here' ? words.consent.confirmed(named) : words.consent.page(named);
  const agreed = agreedTo === wording;
  const urlGood = /^https?:\/\/[^\s/]+/.test(url.trim()) && isAddress(url.trim());

  // The price does not hang on the name, so a stand-in asks for it until there is one.
  const newTwinName = newPerson.trim() || take.name.slice(0, LONGEST_NAME);

  const text = words.publish.blocked;
  const missing = [
    !existing && newPerson.trim() === '' ? text.person : null,
    lookName.trim() === '' ? text.look : null,
    existing && person === '' ? text.consentPerson : null,
    how === 'here' && !agreed ? text.consentBox : null,
    how === 'page' && !urlGood ? text.consentUrl : null,
  ].filter((sentence) => sentence !== null);

  return {
    trainer,
    setTrainer,
    host,
    setHost,
    ownTwins,
    existing,
    setWantsExisting,
    setTwin,
    newPerson,
    setNewPerson,
    person,
    setOtherPerson,
    personField: otherPerson ?? existing?.name ?? '',
    lookName,
    setLookName,
    how,
    setHow,
    url,
    setUrl,
    urlWrong: url.trim() !== '' && !urlGood,
    wording,
    agreed,
    setAgreed: (value: boolean) => setAgreedTo(value ? wording : null),
    newTwinName,
    /** What a person still has to fill in, in words. */
    missing,
    consent: { by: person, wording, url: how === 'page' ? url.trim() : null },
  } as const;
}

export type PublishForm = ReturnType<typeof usePublishForm>;

/** `URL.canParse` is younger than the oldest window this runs in. */
function isAddress(address: string): boolean {
  try {
    new URL(address);
    return true;
  } catch {
    return false;
  }
}
