import { OrderIdSchema, type TakeId } from '../../shared/domain/ids.ts';
import type { Consent, TwinChoice } from '../../shared/domain/order.ts';
import { totalUsd } from '../../shared/domain/order.ts';
import type { Shot } from '../../shared/domain/report.ts';
import type { Take } from '../../shared/domain/take.ts';
import type { HostKind, TrainerKind } from '../../shared/domain/twin.ts';
import { Cancelled, EXIT, StudioError } from '../../shared/errors.ts';
import { consentWording } from '../../shared/words/appPublish.ts';
import { cliWords } from '../../shared/words/cli.ts';
import { typed } from '../../shared/words/program.ts';
import type { WorkContext } from '../pipeline/context.ts';
import { runOrder } from '../pipeline/orderRunner.ts';
import { checkTake } from '../studio/checkTake.ts';
import { importFootage } from '../studio/importFootage.ts';
import { publish } from '../studio/publish.ts';
import type { Trainer } from '../trainers/trainer.ts';
import { emptyFields, type OrderFields, orderExit, orderFields, printOrder } from './orderResult.ts';
import { asErrorData, type CommandEnd, exitOf, type Session } from './session.ts';

export interface RunWish {
  readonly file: string;
  readonly name: string;
  /** The twin's id at the trainer; null makes a new twin. */
  readonly twinGroupId: string | null;
  readonly consent: { readonly by: string; readonly how: Consent['how'] } | null;
  readonly host: HostKind;
  readonly trainer: TrainerKind;
  readonly maxUsd: number | null;
  readonly wait: boolean;
  readonly priceConfirmed: boolean;
  /** null leaves a known take as it is, and takes the setting for a new one. */
  readonly shot: Shot | null;
  readonly reference: boolean;
}

/** Takes one file all the way to a usable look. */
export async function runWholeJourney(session: Session, wish: RunWish): Promise<CommandEnd> {
  const { output, signal } = session;
  let fields = emptyFields(null, 'failed');
  try {
    if (wish.host === 'practice' && wish.trainer !== 'practice')
      throw new StudioError('PRACTICE_HOST_REAL_TRAINER');
    const engine = await session.engine();
    const { context } = engine;
    const trainer = await requireConsentAndPrice(context, wish);
    const { price } = trainer;
    await requireTwin(context, wish, trainer);
    if (wish.host === 'practice' && wish.trainer === 'practice') output.talk(cliWords.run.practising);
    output.talk(cliWords.run.price(price.trainingUsd, price.firstWordsUsd));

    const { takeId, known } = await importFootage(context, wish.file, {
      shot: wish.shot ?? session.settings.get().shot,
      reference: wish.reference,
      signal,
    });
    fields = emptyFields(takeId, 'failed');
    output.event({ event: 'imported', takeId, known });
    output.talk(known ? cliWords.run.known(takeId) : cliWords.run.imported(takeId));

    const take = await takeWithShot(context, takeId, wish.shot);
    const existing = take.check.kind === 'checked' ? await context.library.takes.readReport(takeId) : null;
    const report = existing ?? (await checkTake(context, takeId, { signal }));
    output.event({ event: 'report', file: wish.file, ...report });
    output.talk(cliWords.run.checked(report));

    const twin = await chooseTwin(context, wish);
    const order = await publish(
      context,
      { takeId, host: wish.host, trainer: wish.trainer, twin, lookName: wish.name },
      {
        consent: consentRecord(context, wish),
        confirmedPrice: price,
        ...(wish.maxUsd === null ? {} : { maxUsd: wish.maxUsd }),
      },
    );
    fields = { ...fields, orderId: order.id };
    output.event({ event: 'order', orderId: order.id, state: order.state.kind });

    const ordered = await runOrder(context, order.id, { signal, until: 'ordered' });
    output.event({ event: 'order', orderId: order.id, state: ordered.state.kind });
    if (wish.wait && ordered.state.kind === 'training') output.talk(cliWords.run.waiting);
    const ended = wish.wait ? await runOrder(context, order.id, { signal, until: 'trouble' }) : ordered;
    const told = await orderFields(context, ended);
    printOrder(session, context, ended, told);
    return { fields: { ...told }, ...orderExit(ended) };
  } catch (error) {
    if (error instanceof Cancelled) {
      output.talk(cliWords.run.goOn);
      return { exit: EXIT.CANCELLED, fields: { ...(await fieldsNow(session, fields)), status: 'cancelled' } };
    }
    const data = asErrorData(pointedToCheck(error, fields.takeId, session.namedLibrary));
    return { exit: exitOf(data.code), fields: { ...fields }, error: data };
  }
}

/** A refusal names one reason; the check of the take, as it is trimmed and mended, names them all. */
function pointedToCheck(error: unknown, takeId: string | null, library: string | null): unknown {
  if (!(error instanceof StudioError) || error.code !== 'CHECK_REFUSED' || takeId === null) return error;
  const seeAll = typed('check', takeId, ...(library === null ? [] : ['--library', library]));
  return new StudioError('CHECK_REFUSED', { ...error.details, seeAll }, { cause: error });
}

/** A take that is meant for another shot than it was checked for has to be checked again. */
function takeWithShot(context: WorkContext, takeId: TakeId, shot: Shot | null): Promise<Take> {
  if (shot === null) return context.library.takes.read(takeId);
  return context.library.takes.update(takeId, (take) =>
    take.shot === shot ? null : { ...take, shot, check: { kind: 'waiting' } },
  );
}

/** What became of an order that was stopped: an answer that was waited for may have been paid. */
async function fieldsNow(session: Session, fields: OrderFields): Promise<OrderFields> {
  const id = OrderIdSchema.safeParse(fields.orderId);
  if (!id.success) return fields;
  const { context } = await session.engine();
  return context.library.orders.read(id.data).then(
    (order) => orderFields(context, order),
    () => fields,
  );
}

/** Asked before anything is done: what only a person can give. */
async function requireConsentAndPrice(context: WorkContext, wish: RunWish) {
  const trainer = await context.trainer(wish.trainer);
  await context.host(wish.host);
  const usd = totalUsd(trainer.price);
  if (wish.consent === null) throw new StudioError('CONSENT_MISSING');
  if (wish.maxUsd !== null && usd > wish.maxUsd) {
    throw new StudioError('PRICE_OVER_MAXIMUM', { usd: usd.toFixed(2), maxUsd: wish.maxUsd.toFixed(2) });
  }
  if (!wish.priceConfirmed) throw new StudioError('PRICE_NOT_CONFIRMED', { usd: usd.toFixed(2) });
  return trainer;
}

/** A twin that cannot be added to is told before anything is done, as far as that can be known for nothing. */
async function requireTwin({ library }: WorkContext, wish: RunWish, trainer: Trainer): Promise<void> {
  const { twinGroupId } = wish;
  if (twinGroupId === null) return;
  library.twins.find(wish.trainer, trainer.accountFingerprint(), twinGroupId);
  if ((await trainer.knowsTwin(twinGroupId)) === false) throw new StudioError('TWIN_NOT_FOUND');
}

function consentRecord(context: WorkContext, wish: RunWish): Consent {
  if (wish.consent === null) throw new StudioError('CONSENT_MISSING');
  const { by, how } = wish.consent;
  return { by, how, wording: consentWording.confirmed(by), at: context.now().toISOString() };
}

/**
 * The twin that was named by its id at the trainer. One that this library has never seen is added to it:
 * it was made elsewhere. One that belongs to another trainer or account is refused.
 */
async function chooseTwin(context: WorkContext, wish: RunWish): Promise<TwinChoice> {
  if (wish.twinGroupId === null) return { kind: 'new', name: wish.name };
  const account = (await context.trainer(wish.trainer)).accountFingerprint();
  const twin = await context.library.twins.adopt(wish.trainer, account, wish.twinGroupId);
  return { kind: 'existing', twinId: twin.id };
}
