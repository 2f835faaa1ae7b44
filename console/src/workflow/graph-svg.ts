/** The graph as a picture that stands alone. */
import { labelWidth, LABEL_HEIGHT, shownLabel } from "../graph/edge-label.ts";
import type { StateType } from "../graph/graph-model.ts";
import type { GraphLayout, PlacedEdge, PlacedNode, Point } from "../graph/placed-graph.ts";

const FONT = "'Open Sans', 'Helvetica Neue', Roboto, Arial, sans-serif";
const MONO = "Menlo, Consolas, monospace";

const COLORS: Readonly<Record<StateType, string>> = {
  Task: "#c2570c",
  Choice: "#7c3aed",
  Wait: "#0e7490",
  Pass: "#475569",
  Succeed: "#15803d",
  Fail: "#b91c1c",
  Parallel: "#1d4ed8",
  Map: "#be185d",
};

/** Pixels that a character of a name and of a caption takes. */
const NAME_CHARACTER = 7.4;
const CAPTION_CHARACTER = 5.9;

/** An SVG document, light, with a white ground. */
export function graphSvg({ nodes, edges, width, height }: GraphLayout): string {
  const containers = nodes.filter(({ node }) => node.machines.length > 0);
  const others = nodes.filter(({ node }) => node.machines.length === 0);
  const size = `width="${Math.ceil(width)}" height="${Math.ceil(height)}"`;
  const box = `viewBox="0 0 ${Math.ceil(width)} ${Math.ceil(height)}"`;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} ${box} font-family="${FONT}">`,
    '<defs><marker id="tip" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="8" markerHeight="8" ' +
      'orient="auto-start-reverse"><path d="M1 1.5 9 5 1 8.5z" fill="#656871"/></marker></defs>',
    '<rect width="100%" height="100%" fill="#ffffff"/>',
    ...containers.map(containerSvg),
    ...edges.map(lineSvg),
    ...others.map(boxSvg),
    ...edges.map(labelSvg),
    "</svg>",
  ].join("\n");
}

function containerSvg(placed: PlacedNode): string {
  const { x, y, width, height } = rounded(placed);
  return (
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="12" fill="#f6f6f9" ` +
    `stroke="#8c8c94" stroke-width="1.5" stroke-dasharray="5 4"/>${textsSvg(placed, y + 10)}`
  );
}

function boxSvg(placed: PlacedNode): string {
  const { x, y, width, height } = rounded(placed);
  if (placed.node.kind === "Place") return "";
  if (placed.node.kind !== "State") {
    return (
      `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="15" fill="#ebebf0" ` +
      `stroke="#8c8c94" stroke-width="1.5"/><text x="${x + width / 2}" y="${y + height / 2 + 4}" ` +
      `font-size="12" font-weight="600" text-anchor="middle" fill="#56585f">${escaped(placed.node.caption)}</text>`
    );
  }
  return (
    `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="10" fill="#ffffff" ` +
    `stroke="#8c8c94" stroke-width="1.5"/>${textsSvg(placed, y + (height - 30) / 2)}`
  );
}

/** The coloured square of the type, the caption and the name. */
function textsSvg(placed: PlacedNode, top: number): string {
  const { node, width } = placed;
  const { x } = rounded(placed);
  const color = node.type === undefined ? "#5f6b7a" : COLORS[node.type];
  const room = width - 64;
  return (
    `<rect x="${x + 10}" y="${top}" width="30" height="30" rx="7" fill="${color}"/>` +
    `<text x="${x + 25}" y="${top + 20}" font-size="14" font-weight="700" text-anchor="middle" ` +
    `fill="#ffffff">${(node.type ?? "?").charAt(0)}</text>` +
    `<text x="${x + 50}" y="${top + 11}" font-size="11" fill="#56585f">` +
    `${escaped(cut(node.caption, room / CAPTION_CHARACTER))}</text>` +
    `<text x="${x + 50}" y="${top + 26}" font-size="13" font-weight="700" fill="#0f141a">` +
    `${escaped(cut(node.name, room / NAME_CHARACTER))}</text>`
  );
}

function lineSvg({ edge, points }: PlacedEdge): string {
  const [first, ...rest] = points;
  if (first === undefined) return "";
  const path = `M${at(first)}${rest.map((point) => `L${at(point)}`).join("")}`;
  const dashes = edge.kind === "Catch" ? ' stroke-dasharray="5 4"' : "";
  return (
    `<path d="${path}" fill="none" stroke="#656871" stroke-width="1.5" ` +
    `stroke-linejoin="round"${dashes} marker-end="url(#tip)"/>`
  );
}

function labelSvg({ edge, label }: PlacedEdge): string {
  if (label === undefined || edge.label === "") return "";
  const width = labelWidth(edge.label);
  const font = edge.kind === "Choice" ? ` font-family="${MONO}"` : "";
  return (
    `<rect x="${round(label.x - width / 2)}" y="${round(label.y - LABEL_HEIGHT / 2)}" ` +
    `width="${round(width)}" height="${LABEL_HEIGHT}" rx="5" fill="#ffffff"/>` +
    `<text x="${round(label.x)}" y="${round(label.y + 4)}" font-size="10.5"${font} ` +
    `text-anchor="middle" fill="#56585f">${escaped(shownLabel(edge.label))}</text>`
  );
}

function rounded({ x, y, width, height }: PlacedNode) {
  return { x: round(x), y: round(y), width: round(width), height: round(height) };
}

function round(number: number): number {
  return Math.round(number * 10) / 10;
}

function at({ x, y }: Point): string {
  return `${round(x)},${round(y)}`;
}

function cut(text: string, room: number): string {
  const most = Math.max(1, Math.floor(room));
  return text.length > most ? `${text.slice(0, most - 1)}…` : text;
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
};

function escaped(text: string): string {
  // Control characters are no XML.
  return text.replace(/[&<>"]/g, (char) => ESCAPES[char]!).replace(/\p{Cc}/gu, " ");
}
