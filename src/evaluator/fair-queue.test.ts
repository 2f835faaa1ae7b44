import { expect, it } from "vitest";
import { FairQueue } from "./fair-queue.ts";

function filled(): FairQueue<string> {
  const queue = new FairQueue<string>();
  for (const item of ["a1", "a2", "a3", "b1", "c1", "c2"]) queue.add(item[0], item);
  return queue;
}

function drain(queue: FairQueue<string>): string {
  const items: string[] = [];
  for (let item = queue.next(); item !== undefined; item = queue.next()) items.push(item);
  return items.join(" ");
}

it("lets owners take turns", () => {
  const queue = filled();
  expect(queue.size).toBe(6);
  expect(drain(queue)).toBe("a1 b1 c1 a2 c2 a3");
  expect([queue.size, queue.next()]).toEqual([0, undefined]);
});

it("puts an owner that comes back behind the others", () => {
  const queue = filled();
  queue.next();
  queue.add("b", "b2");
  queue.add("d", "d1");
  expect(drain(queue)).toBe("b1 c1 a2 d1 b2 c2 a3");
});

it("gives up all of one owner", () => {
  const queue = filled();
  expect(queue.takeAll("a")).toEqual(["a1", "a2", "a3"]);
  expect(queue.takeAll("a")).toEqual([]);
  expect(queue.size).toBe(3);
  expect(queue.clear()).toEqual(["b1", "c1", "c2"]);
  expect(queue.size).toBe(0);
});
