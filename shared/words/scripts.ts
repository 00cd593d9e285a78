/**
 * Sample scripts for the teleprompter. They are written for training: statements, questions, names and numbers, quiet
 * and lively parts, every sound of English, and rests with the mouth closed. What stands in square brackets is a
 * direction and is not spoken. Their reading times are held by a test.
 */

export interface SampleScript {
  /** Remembered in the settings; never changes. */
  readonly code: string;
  readonly title: string;
  /** What it is about, in a few words. */
  readonly about: string;
  readonly text: string;
}

const TWO_MINUTES = `
[Shoulders down, mouth closed.]

Hello, I'm glad you are here. I will talk for about two minutes, the way I would talk to a friend across the table. There is no hurry.

[Breathe, and rest with your mouth closed.]

Let me tell you about a Thursday that went well. I woke up at six, the street was quiet, and a thin yellow light lay on the roofs. I made tea, opened the window, and thought: what is the one thing that really has to happen today?

Do you know that feeling? You write down seven things, and by noon there are eleven! So I tried something else. I crossed out everything except two.

[Show two fingers, if you like.]

The first was a phone call to George, who had been waiting since July. The second was a walk. That was all: one voice, and five kilometres along the river.

[Rest, and let a small smile come.]

Here is what surprised me. The call took nine minutes, not ninety. George laughed, I laughed, and a problem that had looked enormous was suddenly just a choice between two good roads.

[Breathe with your mouth closed.]

Then I walked. I'm usually fast, but that day I wasn't. I watched a boy throw stones into the water, again and again, with complete pleasure. Why do we forget how to do that?

[More quietly, as if at night.]

So, if your list is long this morning, choose two. Be gentle with the rest. And if anybody asks what you have done, tell them the truth: I finished what mattered, and I saw the river.

[Breathe. Then lively again.]

Thank you for listening. Take care of yourself, and see you soon!

[Keep looking into the lens, mouth closed.]
`;

const FOUR_MINUTES = `
[Sit tall, mouth closed.]

Good morning. I have about four minutes, so let me tell you how I learned to ask for help. It has an old clock in it, a stubborn person, and a very patient neighbour.

[Breathe, and rest with your mouth closed.]

The stubborn person is me. Three years ago I bought a clock at a market on the edge of town. It was beautiful, all dark wood and brass, and it cost only twenty-five euros. Why so cheap? It didn't work, of course.

[Shrug, if that is what you would do.]

I thought: how hard can it be? I watched four videos, borrowed a tiny screwdriver, and opened the back. Inside there were forty-two wheels, and I understood about three of them.

For two weeks I tried. I cleaned it. I oiled it. I measured things that nobody needs to measure. Some evenings I was sure that I had found the trouble, and every time I was wrong. Have you ever been wrong with so much confidence? It's almost fun. Almost!

[Rest, mouth closed, face relaxed.]

Then, one Saturday, Mrs Joyce from the second floor met me on the stairs with the box under my arm. She asked what was in it. I could have said, "Oh, nothing." Instead I told her the whole thing.

[Show the size of the box with your hands.]

She put on her glasses, looked at it for perhaps ten seconds, and pointed. "There," she said. "That spring is in backwards." Ten seconds! I had given it thirty hours.

[Smile, and breathe through your nose.]

You might think that I was annoyed. I wasn't. I was happy, then a bit ashamed, then happy again. It turned out that her father had repaired clocks in Jakarta, and nobody had asked her about him for years.

[More quietly.]

We sat in her kitchen until it grew dark. She showed me how to hear when a clock is in balance: tick, tock, tick, tock, as even as breathing. I had never listened like that before.

[Rest. Take your time.]

So here is what I took home, apart from the clock.

[Count with your fingers, if you like.]

First, being stuck is not the same as being stupid. Second, the person who can help is often closer than you think. And third, a question is a kind of gift: it tells somebody that you value what they know.

[Breathe, and rest with your mouth closed.]

Since then I have a rule. If I am stuck for one hour, I ask. Not after a week: after one hour. Last year I asked about a hundred and fifty questions. Do you know how many people said no? Two. And one of them sent me a good answer a day later.

[Rest, and let a small smile come.]

The clock hangs in our hall now. It's four minutes slow, and I have decided to leave it that way. Every visitor tells me so, and every time I get to talk about Mrs Joyce.

[Lively. Lean forward a little.]

Now it's your turn! What have you been carrying up and down the stairs? Who could you show it to? Open the box, point at the thing that puzzles you, and ask.

[Breathe with your mouth closed.]

That's my story. Thank you for your time, and good luck with whatever is in your box.

[Keep looking into the lens, mouth closed.]
`;

export const SAMPLE_SCRIPTS: readonly [SampleScript, ...SampleScript[]] = [
  {
    code: 'two-minutes',
    title: 'Two-minute sample',
    about: 'A Thursday with a short list',
    text: TWO_MINUTES.trim(),
  },
  {
    code: 'four-minutes',
    title: 'Four-minute sample',
    about: 'An old clock, and how to ask for help',
    text: FOUR_MINUTES.trim(),
  },
];

/** The sample with a code; the first one for a code that is no longer there. */
export const sampleScript = (code: string): SampleScript =>
  SAMPLE_SCRIPTS.find((sample) => sample.code === code) ?? SAMPLE_SCRIPTS[0];
