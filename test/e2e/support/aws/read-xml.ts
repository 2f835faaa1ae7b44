/** XML as far as requests of AWS services use it, as a tree that can be compared. */

interface XmlElement {
  readonly name: string;
  readonly attributes: string;
  /** Elements in order of name; those of one name in the order of the document. */
  readonly content: string | readonly XmlElement[];
}

/** The root element. Order of elements with different names is not told: services do not read it. */
export function readXml(text: string): XmlElement {
  const tokens = text
    .replace(/<\?[^>]*\?>/, "")
    .matchAll(/<(\/?)([^\s/>]+)([^>]*?)(\/?)>|([^<]+)/g);
  const root: Open = { name: "", attributes: "", elements: [], text: "" };
  const open = [root];
  for (const [, closing, name, attributes, alone, characters] of tokens) {
    const current = open.at(-1) ?? root;
    if (characters !== undefined) current.text += characters;
    else if (closing === "/") {
      if (current.name !== name) throw new Error(`</${name}> ends <${current.name}> in ${text}`);
      open.pop();
      open.at(-1)?.elements.push(closed(current));
    } else {
      const element = {
        name: name ?? "",
        attributes: attributes?.trim() ?? "",
        elements: [],
        text: "",
      };
      if (alone === "/") current.elements.push(closed(element));
      else open.push(element);
    }
  }
  const [first, second] = root.elements;
  if (first === undefined || second !== undefined || open.length > 1) {
    throw new Error(`not one whole element: ${text}`);
  }
  return first;
}

interface Open {
  readonly name: string;
  readonly attributes: string;
  readonly elements: XmlElement[];
  text: string;
}

function closed({ name, attributes, elements, text }: Open): XmlElement {
  const sorted = elements.toSorted((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return { name, attributes, content: elements.length === 0 ? decoded(text) : sorted };
}

const ENTITIES: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  amp: "&",
  quot: '"',
  apos: "'",
};

function decoded(text: string): string {
  return text.replace(/&(#x?)?([0-9a-z]+);/gi, (_all, code: string | undefined, name: string) => {
    if (code === undefined) return ENTITIES[name] ?? `&${name};`;
    return String.fromCodePoint(Number.parseInt(name, code === "#x" ? 16 : 10));
  });
}
