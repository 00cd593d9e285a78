import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { RECORDING_PORT_MESSAGE } from '../../../shared/callNames.ts';
import { RecordingIdSchema } from '../../../shared/recording/recording.ts';
import { listenForPorts, type RecordingPorts } from './recordingPorts.ts';

const ID = RecordingIdSchema.parse('rc_0123456789abcdef0123');
const OTHER_ID = RecordingIdSchema.parse('rc_fedcba98765432100000');
const ORIGIN = 'studio://app';

let page: EventTarget & { readonly location: { readonly origin: string } };
let ports: RecordingPorts;

beforeEach(() => {
  vi.useFakeTimers();
  page = Object.assign(new EventTarget(), { location: { origin: ORIGIN } });
  // As much of a window as listens.
  ports = listenForPorts(page as unknown as Window);
});
afterEach(() => {
  ports.close();
  vi.useRealTimers();
});

interface Said {
  readonly data?: unknown;
  readonly origin?: string;
  readonly source?: unknown;
  readonly ports?: readonly MessagePort[];
}

/** A message to the page, as the preload sends it unless said otherwise. */
function say({
  data = { type: RECORDING_PORT_MESSAGE, recordingId: ID },
  origin = ORIGIN,
  source = page,
  ports: sent = [new MessageChannel().port1],
}: Said = {}): MessagePort | undefined {
  page.dispatchEvent(Object.assign(new Event('message'), { data, origin, source, ports: sent }));
  return sent[0];
}

/** What is there, and what is not. */
async function portNow(): Promise<MessagePort | null> {
  const port = ports.portOf(ID);
  await vi.advanceTimersByTimeAsync(10_000);
  return port;
}

describe('the port of a recording', () => {
  it('is there whether it came before it was asked for or after', async () => {
    const early = say();
    expect(await ports.portOf(ID)).toBe(early);
    const asked = ports.portOf(ID);
    const late = say();
    expect(await asked).toBe(late);
  });

  it('does not come: nobody waits for ever', async () => {
    expect(await portNow()).toBeNull();
  });

  it('is none any more once nobody listens', async () => {
    const asked = ports.portOf(ID);
    ports.close();
    expect(await asked).toBeNull();
  });
});

describe('a message that is not ours', () => {
  it.each<readonly [name: string, said: Said]>([
    ['of another window', { source: new EventTarget() }],
    ['of nobody', { source: null }],
    ['of another origin', { origin: 'https://example.com' }],
    ['without a port', { ports: [] }],
    ['of another kind', { data: { type: 'something-else', recordingId: ID } }],
    ['of another recording', { data: { type: RECORDING_PORT_MESSAGE, recordingId: OTHER_ID } }],
    ['with a name that cannot be', { data: { type: RECORDING_PORT_MESSAGE, recordingId: '../etc' } }],
    ['that is nothing', { data: null }],
  ])('%s gives no port', async (_name, said) => {
    say(said);
    expect(await portNow()).toBeNull();
  });
});
