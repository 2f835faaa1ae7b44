import { describe, expect, it } from "vitest";
import { definitionFile, DefinitionFileError, readDefinitionFile } from "./definition-file.ts";

const YAML = `# an order
StartAt: A
States:
  A:
    Type: Choice
    Choices:
      - Variable: $.a
        IsPresent: true
        Next: B
      - Variable: $.b
        IsPresent: true
        Next: B
  "B/C": { Type: Succeed }
`;

describe("definitionFile", () => {
  it("takes JSON as it is, without a byte order mark", () => {
    expect(definitionFile("a.asl.json", '\uFEFF{"a": 1.0}').text).toBe('{"a": 1.0}');
  });

  it("takes YAML as the JSON it stands for", () => {
    const { text } = definitionFile("a.asl.yml", YAML);
    expect(JSON.parse(text)).toMatchObject({
      StartAt: "A",
      States: { "B/C": { Type: "Succeed" } },
    });
  });

  it.each([
    ["/", 2, 1],
    ["/States", 3, 1],
    ["/States/A/Choices[1]/Next", 12, 9],
    ["/States/A/Choices[1]", 10, 9],
    ["/States/B/C/Type", 13, 12],
    ["/States/A/Missing", 4, 3],
    [undefined, 2, 1],
  ])("finds %s in YAML", (location, line, column) => {
    expect(definitionFile("a.yaml", YAML).locate(location)).toEqual({ line, column });
  });

  it("names the place of a mistake in YAML", () => {
    const read = (): unknown => definitionFile("a.yaml", "a: 1\nb: [1\n");
    expect(read).toThrow(DefinitionFileError);
    expect(read).toThrow(
      expect.objectContaining({ position: expect.anything() as unknown }) as Error,
    );
  });

  it("bounds aliases, which can make a small text very large", () => {
    const lines = ["a0: &a0 [x,x,x,x,x,x,x,x,x,x]"];
    for (let n = 1; n < 9; n++) {
      lines.push(
        `a${n}: &a${n} [${Array(10)
          .fill(`*a${n - 1}`)
          .join(",")}]`,
      );
    }
    expect(() => definitionFile("a.yaml", lines.join("\n"))).toThrow(DefinitionFileError);
  });
});

describe("readDefinitionFile", () => {
  it.each([
    ["no-such-file.json", /does not exist/],
    [".", /is a folder/],
  ])("tells what is wrong with %s", async (path, message) => {
    await expect(readDefinitionFile(path)).rejects.toThrow(message);
  });
});
