/** Reads the definition from a file and writes it, and its picture, to one. */
import ButtonDropdown from "@cloudscape-design/components/button-dropdown";
import { useRef } from "react";
import { elk } from "../graph/elk-worker.ts";
import { layoutGraph } from "../graph/graph-layout.ts";
import { readGraph } from "../graph/read-graph.ts";
import { useNotifications } from "../shell/notifications.tsx";
import { graphSvg } from "../workflow/graph-svg.ts";
import { pngOf, saveFile } from "./save-file.ts";
import { useStudio } from "./use-studio.ts";

/** Bytes; AWS takes definitions of 1 MiB. */
const MAX_FILE = 5_000_000;

export function FileMenu({ name }: { readonly name: string }) {
  const { draft, document, isJson, write } = useStudio();
  const { failed, succeeded } = useNotifications();
  const input = useRef<HTMLInputElement>(null);
  const base = name === "" ? "workflow" : name;
  const picture = async (): Promise<string> =>
    graphSvg(await layoutGraph(readGraph(document.value), elk()));
  const run = async (id: string): Promise<void> => {
    if (id === "import") input.current?.click();
    else if (id === "json") saveFile(`${base}.asl.json`, draft.text, "application/json");
    else if (id === "yaml") {
      const { yamlOf } = await import("../workflow/yaml-text.ts");
      saveFile(`${base}.asl.yaml`, yamlOf(draft.text), "application/yaml");
    } else if (id === "svg") saveFile(`${base}.svg`, await picture(), "image/svg+xml");
    else if (id === "png") saveFile(`${base}.png`, await pngOf(await picture()), "image/png");
    else if (id === "copy") {
      await navigator.clipboard.writeText(draft.text);
      succeeded("The definition is copied");
    }
  };
  const read = async (file: File): Promise<void> => {
    if (file.size > MAX_FILE) throw new Error("The file is larger than 5 MB");
    const text = await file.text();
    const isYaml = /\.ya?ml$/i.test(file.name);
    write(isYaml ? (await import("../workflow/yaml-text.ts")).jsonOf(text) : text);
    succeeded(`${file.name} is read. Undo brings back what was before.`);
  };
  return (
    <>
      <ButtonDropdown
        items={[
          { id: "import", text: "Import a file…", iconName: "upload" },
          {
            text: "Export",
            items: [
              { id: "json", text: "As JSON" },
              { id: "yaml", text: "As YAML", disabled: !isJson },
              { id: "svg", text: "Graph as SVG" },
              { id: "png", text: "Graph as PNG" },
              { id: "copy", text: "Copy the definition" },
            ],
          },
        ]}
        onItemClick={({ detail }) => {
          run(detail.id).catch((error: unknown) => failed("That did not work", error));
        }}
      >
        File
      </ButtonDropdown>
      <input
        ref={input}
        type="file"
        hidden
        aria-label="File to import"
        accept=".json,.yaml,.yml,.asl"
        onChange={({ target }) => {
          const file = target.files?.[0];
          target.value = "";
          if (file === undefined) return;
          read(file).catch((error: unknown) => failed(`${file.name} cannot be read`, error));
        }}
      />
    </>
  );
}
