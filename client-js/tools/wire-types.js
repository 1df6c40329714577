/** Turns the protocol's JSON Schemas into TypeScript: what `src/wire.d.ts` holds. */
import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';

const head = `/* Made from protocol/ by tools/types.js; don't edit. */

`;

const tail = `/** An event of a topic that is named in full. */
export type EventFrame<Name extends keyof Events, Topic extends string> = {
  [One in Name]: {
    type: One, topic: Topic, epoch: Epoch, offset: Offset, at: Time, data: Events[One],
  };
}[Name];

/** An event of some topic; a later server may send types that are not named here. */
export interface AnyEvent {
  type: string;
  topic: string;
  epoch: Epoch;
  offset: Offset;
  at: Time;
  data: any;
}

/** The events of a topic; any of one whose name is only known at run time, or not known here. */
export type EventOf<Topic extends string> = Topic extends TopicName
  ? { [Pattern in TopicName]: Topic extends Pattern ? EventFrame<TopicEvents[Pattern], Topic> : never }[TopicName]
  : AnyEvent;

/** What a command takes; anything for one that is not named here. */
export type CommandData<Type extends string> = Type extends keyof Commands ? Commands[Type] : any;

/** What a command tells of its answer before it; nothing for most. */
export type PartData<Type extends string> = Type extends keyof Parts ? Parts[Type] : any;

/** What a command is answered with. */
export type AnswerData<Type extends string> = Type extends keyof Answers ? Answers[Type] : any;
`;

/**
 * @param {string} protocol The folder.
 * @returns {string} The text of the declarations.
 */
export function wireTypes(protocol) {
  const values = namedValues(filesOf(protocol, 'values'));
  const types = new TypeText(values);
  const events = filesOf(protocol, 'events');
  return [
    head,
    ...values.map((value) => `${comment(value.schema.description, '')}export ${types.declaration(value)}\n\n`),
    types.table('Commands', 'What each command takes.', filesOf(protocol, 'commands')),
    types.table('Answers', 'What each command is answered with.', filesOf(protocol, 'answers')),
    types.table('Parts', 'What a command tells of its answer as it is computed.', filesOf(protocol, 'parts')),
    types.table('Events', 'What each event tells.', events),
    topics(events),
    tail,
  ].join('');
}

/** @param {string} path */
function readJSON(path) {
  return JSON.parse(readFileSync(path, 'utf8'));
}

/**
 * A schema: `path` within `schemas`, where its references start; `key`, by which others refer to it.
 * @typedef {{name: string, path: string, key: string, schema: any}} Named
 */

/**
 * @param {string} protocol
 * @param {string} folder
 * @returns {Named[]}
 */
function filesOf(protocol, folder) {
  const root = join(protocol, 'schemas');
  return readdirSync(join(root, folder)).sort().map((/** @type {string} */ file) => {
    const path = `${folder}/${file}`;
    return { name: file.replace('.json', ''), path, key: path, schema: readJSON(join(root, path)) };
  });
}

/**
 * What the files of values define, each under a name of its own.
 * @param {Named[]} files
 * @returns {Named[]}
 */
function namedValues(files) {
  const values = files.flatMap((file) => (file.schema.$defs
    ? Object.entries(file.schema.$defs).map(([name, schema]) => ({
      name, path: file.path, key: `${file.path}#/$defs/${name}`, schema,
    }))
    : [file])).map((value) => ({ ...value, name: value.name[0].toUpperCase() + value.name.slice(1) }));
  const names = new Set(values.map((value) => value.name));
  if (names.size < values.length) throw new Error('Two values have one name.');
  return values;
}

/** @param {Named[]} events */
function topics(events) {
  /** @type {Map<string, string[]>} */
  const byTopic = new Map();
  for (const { name, schema } of events) {
    const { const: exact, pattern } = schema.properties.topic;
    const topic = exact ? `'${exact}'` : `\`${/^\^([a-z]+\/)/.exec(pattern)?.[1]}\${string}\``;
    byTopic.set(topic, [...(byTopic.get(topic) ?? []), name]);
  }
  const sorted = [...byTopic].sort();
  const rows = sorted.map(([topic, names]) => {
    const key = topic.startsWith('`') ? `[topic: ${topic}]` : topic.slice(1, -1);
    return `  ${key}:${names.map((name) => `\n    | '${name}'`).join('')};\n`;
  });
  return `/** The topics that can be followed. */\nexport type TopicName = ${sorted.map(([topic]) => topic).join(' | ')};\n\n`
    + `/** The events of each topic. */\nexport interface TopicEvents {\n${rows.join('')}}\n\n`;
}

/** Says in TypeScript what schemas say. */
class TypeText {
  /** @param {Named[]} values */
  constructor(values) {
    this.names = new Map(values.map(({ key, name }) => [key, name]));
  }

  /** @param {Named} value */
  declaration({ name, schema, path }) {
    const text = this.of(schema, path, '');
    return text.startsWith('{') && !schema.oneOf ? `interface ${name} ${text}` : `type ${name} = ${text};`;
  }

  /**
   * The contents of all messages of a sort, by their names.
   * @param {string} name
   * @param {string} about
   * @param {Named[]} files
   */
  table(name, about, files) {
    const rows = files.filter((file) => file.name !== 'error').map(({ name: key, schema, path }) =>
      `${comment(schema.description, '  ')}  '${key}': ${this.of(schema.properties.data, path, '  ')};\n`);
    return `/** ${about} */\nexport interface ${name} {\n${rows.join('')}}\n\n`;
  }

  /**
   * @param {any} schema
   * @param {string} path Where it stands, for its references.
   * @param {string} indent
   * @returns {string}
   */
  of(schema, path, indent) {
    const choices = schema.anyOf ?? schema.oneOf;
    if (schema.$ref) return this.referred(schema.$ref, path);
    if (choices) return choices.map((/** @type {any} */ one) => this.of(one, path, indent)).join(' | ');
    if ('const' in schema) return quoted(schema.const);
    if (schema.enum) return schema.enum.map(quoted).join(' | ');
    if (Array.isArray(schema.type)) {
      return schema.type.map((/** @type {string} */ type) => this.of({ ...schema, type }, path, indent)).join(' | ');
    }
    switch (schema.type) {
      case 'integer': case 'number': return 'number';
      case 'string': case 'boolean': case 'null': return schema.type;
      case 'array': return this.list(schema, path, indent);
      case 'object': return this.record(schema, path, indent);
      default: throw new Error(`A schema in ${path} is of no kind that is known here.`);
    }
  }

  /**
   * @param {any} schema
   * @param {string} path
   * @param {string} indent
   */
  list({ items, minItems, maxItems }, path, indent) {
    const item = this.of(items, path, indent);
    if (minItems === maxItems && minItems > 0 && minItems <= 4) return `[${Array(minItems).fill(item).join(', ')}]`;
    return item.includes('|') ? `(${item})[]` : `${item}[]`;
  }

  /**
   * @param {any} schema
   * @param {string} path
   * @param {string} indent
   */
  record({ properties, required = [] }, path, indent) {
    const inner = `${indent}  `;
    if (!properties) return 'Record<string, any>';
    const rows = Object.entries(properties).map(([key, value]) => {
      const mark = required.includes(key) ? '' : '?';
      return `${comment(value.description, inner)}${inner}${key}${mark}: ${this.of(value, path, inner)};\n`;
    });
    return rows.length > 0 ? `{\n${rows.join('')}${indent}}` : '{}';
  }

  /**
   * @param {string} reference
   * @param {string} path
   */
  referred(reference, path) {
    const [file, fragment] = reference.split('#');
    const target = file === '' ? path : normalize(join(dirname(path), file));
    const name = this.names.get(fragment ? `${target}#${fragment}` : target);
    if (!name) throw new Error(`${reference} in ${path} leads nowhere.`);
    return name;
  }
}

/** @param {string | number} word */
function quoted(word) {
  return typeof word === 'string' ? `'${word}'` : String(word);
}

/**
 * @param {string | undefined} text
 * @param {string} indent
 */
function comment(text, indent) {
  return text ? `${indent}/** ${text.replace(/\*\//g, '* /')} */\n` : '';
}
