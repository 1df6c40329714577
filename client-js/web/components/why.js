import { h } from '../dom.js';

/** What is said of others' work on the page: who, when, what, where, and what they found. */
const sources = [
  { who: 'Elhage and others', year: 2022, what: 'Toy Models of Superposition', where: 'https://transformer-circuits.pub/2022/toy_model/index.html',
    found: 'Small networks keep more features than they have neurons, by letting them overlap. That is one reason why a neuron can mean several things.' },
  { who: 'Bills and others', year: 2023, what: 'Language models can explain neurons in language models', where: 'https://openaipublic.blob.core.windows.net/neuron-explainer/paper/index.html',
    found: 'GPT-4 wrote an explanation for every neuron of GPT-2 XL, 307,200 of them, and each was scored by how well it predicts the neuron. Most scored low. This game scores in the same spirit.' },
  { who: 'Bricken and others', year: 2023, what: 'Towards Monosemanticity: Decomposing Language Models With Dictionary Learning', where: 'https://transformer-circuits.pub/2023/monosemantic-features/index.html',
    found: 'A layer of 512 neurons was taken apart into thousands of features, many of them clearer than the neurons.' },
  { who: 'Templeton and others', year: 2024, what: 'Scaling Monosemanticity: Extracting Interpretable Features from Claude 3 Sonnet', where: 'https://transformer-circuits.pub/2024/scaling-monosemanticity/',
    found: 'Millions of features of a model that was in daily use, some of them about deception, flattery and dangerous knowledge. Turning one up changes what the model says.' },
  { who: 'Bolukbasi and others', year: 2021, what: 'An Interpretability Illusion for BERT', where: 'https://arxiv.org/abs/2104.07143',
    found: 'A neuron can seem to stand for one simple idea in one collection of texts, and for another in the next. So explanations have to be tested on fresh texts.' },
  { who: 'Huang and others', year: 2023, what: 'Rigorously Assessing Natural Language Explanations of Neurons', where: 'https://arxiv.org/abs/2309.10312',
    found: 'Even the most confident explanations of 2023 were often wrong about when a neuron fires. There is work left to do.' },
];

/** @type {import('../main.js').Screen} */
export function showWhy(main) {
  const source = (/** @type {number} */ n) => h('a', { href: '#/why', 'aria-label': `Source ${n}`, on: { click: (/** @type {Event} */ event) => {
    event.preventDefault();
    const item = document.getElementById(`source-${n}`);
    item?.scrollIntoView({ block: 'center' });
    item?.focus({ preventScroll: true });
  } } }, `[${n}]`);
  main.append(h('article', { class: 'leaf why-page' },
    h('h1', null, 'Why read neurons?'),
    h('p', { class: 'lead' }, 'Nobody wrote down what a language model should think. It grew while it learned, and what it learned is spread over parts that nobody has named.'),
    h('h2', null, 'A neuron, a feature'),
    h('p', null, 'A language model reads a text piece by piece. At each piece, thousands of small parts inside it, its ', h('b', null, 'neurons'), ', come out strong or weak. ' +
      'The glow in this game is exactly that number. Many neurons answer to several unrelated things at once ', source(1),
    ', and so researchers also look for ', h('b', null, 'features'), ': combinations of neurons that stand for one thing each ', source(3), '.'),
    h('h2', null, 'What that has to do with safe AI'),
    h('p', null, 'A model can give a good answer for a bad reason, and its words alone don\u2019t tell. If we can read its parts, we can look whether a part about deception or danger is at work while it answers. ' +
      'Such parts have been found in a model that was in daily use, and turning one up or down changes what the model does ', source(4), '. That a part exists does not prove that a model deceives, as those who found them warn. It is a place to look.'),
    h('h2', null, 'Where you come in'),
    h('p', null, 'There are more neurons than experts have hours, so machines propose explanations ', source(2), '. Many sound right and are not ', source(6),
      ', and some are right only on the texts that somebody happened to see ', source(5), '. So here every explanation is tested on texts that its author has not seen, and people judge which of two is better. ' +
      'What you write and choose is kept for research.'),
    h('div', { class: 'row' }, h('a', { class: 'button main', href: '#/' }, 'Read a neuron')),
    h('section', { class: 'card stack', 'aria-labelledby': 'sources' }, h('h2', { id: 'sources' }, 'Sources'),
      h('ol', { class: 'sources' }, sources.map(({ who, year, what, where, found }, i) => h('li', { id: `source-${i + 1}`, tabindex: -1 },
        h('div', null, `${who} (${year}): `, h('a', { href: where, target: '_blank', rel: 'noopener noreferrer' }, what), h('small', null, found))))))));
  return () => {};
}
