import {
  keepPreviousData,
  QueryClient,
  type UseMutationOptions,
  type UseQueryResult,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query';
import type { CallName } from '../../shared/callNames.ts';
import type { CallInput, CallOutput } from '../../shared/contract.ts';
import { ask, errorOf } from './bridge.ts';
import { noticeError } from './notices.ts';

const AUTOMATIC_TRIES = 2;

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        // The engine answers without a network; it says itself when something has changed.
        networkMode: 'always',
        staleTime: Number.POSITIVE_INFINITY,
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (tries, error) => errorOf(error).retry === 'auto' && tries < AUTOMATIC_TRIES,
      },
      mutations: { networkMode: 'always', retry: false },
    },
  });
}

/**
 * Everything on the screen is asked again. Not prices: they do not hang on the library, and asking for one
 * asks the trainer how much credit is left. And not what is known of one version, unless it could not be read.
 */
export function askAgain(client: QueryClient): void {
  void client.invalidateQueries({
    predicate: ({ queryKey: [name, , version], state }) =>
      name !== 'quote' && (version === undefined || state.status === 'error'),
  });
}

/** Reads something through the engine and keeps it until the engine says that it changed. */
export function useAnswer<N extends CallName>(
  name: N,
  input: CallInput<N>,
  options: {
    readonly enabled?: boolean;
    /** Shows the last answer until the next one is there. */
    readonly keepPrevious?: boolean;
    /** Asks again whenever it is shown, for what can change outside, such as a price. */
    readonly alwaysAsk?: boolean;
    /** Of what the answer is, where it is large: asked again when this changes, and not with every change. */
    readonly version?: string;
  } = {},
): UseQueryResult<CallOutput<N>> {
  const query = useQuery<unknown>({
    queryKey: options.version === undefined ? [name, input] : [name, input, options.version],
    queryFn: () => ask(name, input),
    enabled: options.enabled ?? true,
    ...(options.keepPrevious === true && { placeholderData: keepPreviousData }),
    ...(options.alwaysAsk === true && { staleTime: 0, gcTime: 0 }),
  });
  // The key's first part is the call's name, so what is kept under it is that call's answer.
  return query as UseQueryResult<CallOutput<N>>;
}

/** Reads something before the page that shows it is opened; where that fails, the page says so. */
export function readAhead<N extends CallName>(
  client: QueryClient,
  name: N,
  input: CallInput<N>,
): Promise<void> {
  return client.prefetchQuery({ queryKey: [name, input], queryFn: () => ask(name, input) });
}

type CallOptions<N extends CallName> = Pick<
  UseMutationOptions<CallOutput<N>, Error, CallInput<N>>,
  'onSuccess' | 'onError'
> & {
  /** True when the caller shows the error itself; otherwise it appears as a notice. */
  readonly quiet?: boolean;
};

/** Has the engine do something; what is on the screen is asked again afterwards. */
export function useCall<N extends CallName>(name: N, options: CallOptions<N> = {}) {
  const client = useQueryClient();
  const { quiet = false, ...rest } = options;
  return useMutation<CallOutput<N>, Error, CallInput<N>>({
    mutationFn: (input) => ask(name, input),
    onSettled: () => {
      askAgain(client);
    },
    onError: (error) => {
      if (!quiet) noticeError(error);
    },
    ...rest,
  });
}

/** Copies to the clipboard; resolves to whether it is there. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await ask('copyText', { text });
    return true;
  } catch (error) {
    noticeError(error);
    return false;
  }
}

/** For calls beside the page, e.g. opening a folder: only their failure is worth a word. */
export function fire<N extends CallName>(name: N, input: CallInput<N>): void {
  ask(name, input).catch(noticeError);
}
