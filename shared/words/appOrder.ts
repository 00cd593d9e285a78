import type { OrderStage, OrderState } from '../domain/order.ts';

/** Following an order until its look is usable. */
export const orderWords = {
  title: 'Order',
  loading: 'Opening the order…',
  failed: 'This order could not be opened',
  states: {
    queued: 'Waiting its turn',
    preparing: 'Preparing',
    uploading: 'Uploading',
    verifying: 'Verifying',
    ordering: 'Ordering',
    unconfirmed: 'Was it paid?',
    training: 'Training',
    ready: 'Usable',
    stalled: 'Still not usable',
    failed: 'Failed',
    cancelled: 'Cancelled',
  } satisfies Record<OrderState['kind'], string>,
  firstWordsUnconfirmed: 'Were first words paid?',
  headings: {
    queued: 'Waiting its turn',
    preparing: 'Making the video ready',
    uploading: (host: string) => `Sending the take to ${host}`,
    verifying: 'Looking whether the trainer can fetch it',
    ordering: 'Ordering the training',
    training: 'The look is being trained',
    firstWords: 'Waiting for its first words',
    ready: (look: string) => `“${look}” is usable`,
    unconfirmed: 'Was this order paid?',
    firstWordsUnconfirmed: 'Were the first words paid?',
    stalled: 'Still not usable after a day',
    failed: (stage: string) => `It stopped at “${stage}”`,
    cancelled: 'You cancelled this order',
  },
  hosts: { practice: 'the practice host', s3: 'your bucket' },
  lead: {
    running:
      'You can do something else meanwhile. If you close Twin Studio, it goes on from here at the next start.',
    offline: 'You are offline. It goes on by itself as soon as you are online.',
    ready: 'The twin has spoken. Use the ids below wherever you make videos with it.',
    accepted: 'You said that it is usable. Use the ids below wherever you make videos with it.',
    cancelledFree: 'Nothing was paid. Go on whenever you like: what is done is not done again.',
    failedFree: 'Nothing was paid.',
    failedPaid: (usd: string) =>
      usd === '$0.00'
        ? 'The training had been ordered already. You can look again whether it became usable.'
        : `${usd} was paid for this order. Publishing it again would pay again; looking again whether it became usable does not train it anew.`,
  },
  steps: 'Steps of the order',
  stages: {
    prepare: 'Prepare',
    upload: 'Upload',
    verify: 'Verify',
    train: 'Train',
    'first-words': 'First words',
  } satisfies Record<OrderStage, string>,
  expects: {
    prepare: 'seconds to minutes',
    upload: 'depends on your line',
    verify: 'a few seconds',
    train: 'some minutes',
    'first-words': 'a minute',
  } satisfies Record<OrderStage, string>,
  lines: {
    prepare: 'The video is copied where it complies, and converted where it does not.',
    prepared: (videoCopied: boolean, audioCopied: boolean) =>
      videoCopied && audioCopied
        ? 'Picture and sound were kept as they are.'
        : `The picture was ${videoCopied ? 'kept as it is' : 'converted'}, the sound was ${audioCopied ? 'kept as it is' : 'converted'}.`,
    upload: 'The video goes to the host.',
    uploaded: (size: string) => `${size} are at the host.`,
    verify: 'Can the trainer fetch the video? We look before anything is paid.',
    verified: 'The video can be fetched from outside.',
    verifiedPractice: 'The video can be fetched.',
    train: (usd: string) => `${usd} is paid here, once.`,
    trainFree: 'The practice trainer makes the twin. Nothing is paid.',
    ordering: 'The request has been sent. It cannot be taken back, and it is never sent twice.',
    lost: 'The request was sent; its answer was lost.',
    lookedLast: (error: string) => `The last look at it failed: ${error}`,
    training: (since: string) => `The trainer has been at work since ${since}.`,
    trained: (usd: string) => `Paid ${usd}.`,
    trainedFree: 'Nothing was paid.',
    firstWords: (usd: string) => `A short video shows that the look is usable. Up to ${usd}.`,
    firstWordsFree: 'A short video shows that the look is usable.',
    firstWordsNext: (time: string) => `Tried next at ${time}.`,
    firstWordsRunning: 'The look is asked to say something.',
    spoken: 'It spoke.',
    accepted: 'Accepted by you.',
  },
  status: { done: 'Done', now: 'Running', waiting: 'To come', trouble: 'Stopped here', ask: 'Waits for you' },
  sent: 'Sent',
  done: 'Done',
  rate: 'Rate',
  timeLeft: 'Time left',
  cancel: 'Cancel the order',
  cancelling: 'Cancelling…',
  cannotCancel: 'It can no longer be cancelled: the training has been ordered.',
  resume: 'Go on with it',
  resumeAfterFailure: 'Try again from here',
  lookAgain: 'Look again whether it is usable',
  publishAgain: 'Publish with another look name',
  paid: {
    soFar: 'paid so far',
    inAll: 'paid in all',
    certain: 'paid for certain',
    agreed: (training: string, firstWords: string) =>
      `You agreed to ${training}, and up to ${firstWords} for first words.`,
    practice: 'Practising costs nothing.',
    possible: (usd: string) => `Perhaps ${usd} more: an answer was lost, so it may have been charged.`,
    power: 'If the power goes, it goes on from here.',
  },
  unconfirmed: {
    body: 'The request was sent, but the answer never arrived. The trainer may have taken the money and may be making the twin. Nothing is sent again until you say what you found.',
    look: 'First look in the dashboard',
    dashboard: 'Open the HeyGen dashboard',
    found: 'I found it there',
    foundBody: 'Enter its ids. It goes on from here, and nothing is paid again.',
    foundAction: 'Go on with these ids',
    avatarId: 'avatar_id',
    groupId: 'avatar_group_id',
    idsMissing: 'Enter both ids.',
    again: 'It is not there',
    againBody: (usd: string) =>
      usd === '$0.00'
        ? 'Order again. With the practice trainer nothing is paid.'
        : `Order again for ${usd}. If the first order arrived after all, you pay twice.`,
    againAction: 'Order again, I may pay twice',
    confirmTitle: 'Order again?',
    confirmBody: (usd: string) =>
      usd === '$0.00'
        ? 'The practice trainer is asked again. Nothing is paid.'
        : `This sends a second paid request for ${usd}. If the first one arrived, both are charged, and nobody gives the money back.`,
    confirmBox: 'I looked in the dashboard, and accept that I may pay twice.',
    confirmAction: (usd: string) => (usd === '$0.00' ? 'Order again' : `Order again for ${usd}`),
    confirmKeep: 'Do not order',
  },
  firstWords: {
    body: 'First words were asked for, but the answer never arrived, so they may have been charged. Have a look whether the look is usable.',
    accept: 'It is usable',
    acceptBody: 'You saw it in the dashboard. The order ends here, with no video to play.',
    acceptAction: 'Accept it as usable',
    again: 'I cannot tell',
    againBody: (usd: string) =>
      usd === '$0.00'
        ? 'Ask for first words again. With the practice trainer nothing is paid.'
        : `Ask for first words again, for up to ${usd}. You may pay for them twice.`,
    againAction: 'Ask again, I may pay twice',
    confirmTitle: 'Ask for first words again?',
    confirmBody: (usd: string) =>
      usd === '$0.00'
        ? 'The practice trainer is asked again. Nothing is paid.'
        : `This sends a second paid request for up to ${usd}. If the first one arrived, both are charged.`,
    confirmBox: 'I accept that I may pay for first words twice.',
    confirmAction: 'Ask again',
    confirmKeep: 'Do not ask',
  },
  stalled: {
    body: 'The trainer took the order, but the look still does not speak. Have a look in the dashboard.',
    watch: 'It is still being trained',
    watchBody: 'Keep looking. Refused tries are not charged.',
    watchAction: 'Go on watching',
    accept: 'It is usable',
    acceptBody: 'You saw it in the dashboard. The order ends here, with no video to play.',
    acceptAction: 'Accept it as usable',
  },
  ready: {
    video: (look: string) => `First words of ${look}`,
    videoTitle: 'First words',
    ids: 'Ids',
    avatarId: 'avatar_id',
    groupId: 'avatar_group_id',
    showTwin: 'Show the twin',
    practice: 'This is a practice twin: its ids work only in practice.',
  },
  hosted: {
    there: (host: string, size: string) => `The video (${size}) is still at ${host}.`,
    why: 'The trainer has made its copy, so it is no longer needed.',
    whyStopped: 'Keep it if you want to go on with this order; otherwise it would be uploaded again.',
    remove: 'Remove the video from the host',
    removing: 'Removing…',
    removed: (day: string) => `The video was removed from the host on ${day}.`,
  },
} as const;
