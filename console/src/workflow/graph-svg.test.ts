import { createRequire } from "node:module";
import type { ELK } from "elkjs/lib/elk-api.js";
import { expect, it } from "vitest";
import { layoutGraph } from "../graph/graph-layout.ts";
import { readGraph } from "../graph/read-graph.ts";
import { graphSvg } from "./graph-svg.ts";

const Elk = createRequire(import.meta.url)("elkjs/lib/elk.bundled.js") as new () => ELK;

it("draws every state, way and word, and nothing that is no XML", async () => {
  const layout = await layoutGraph(
    readGraph({
      StartAt: "A & <B>",
      States: {
        "A & <B>": { Type: "Choice", Choices: [{ Comment: '"x"\u0001', Next: "P" }], Default: "S" },
        P: {
          Type: "Parallel",
          Branches: [{ StartAt: "I", States: { I: { Type: "Wait", Seconds: 1, End: true } } }],
          Next: "S",
        },
        S: { Type: "Succeed" },
      },
    }),
    new Elk(),
  );
  const svg = graphSvg(layout);
  expect(svg).toMatch(/^<svg [^>]*viewBox="0 0 \d+ \d+"/);
  for (const text of ["A &amp; &lt;B&gt;", "&quot;x&quot; ", "Default", "Wait state", ">I<"]) {
    expect(svg).toContain(text);
  }
  expect(svg.match(/<path d="M[\d.,L-]+" fill="none"/g)).toHaveLength(layout.edges.length);
  expect(svg).not.toContain("NaN");
});
