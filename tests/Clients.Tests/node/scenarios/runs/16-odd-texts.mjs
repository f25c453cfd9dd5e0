// Every code unit of the first planes, halves of pairs, NUL, numbers that JSON has no word for, and a megabyte.
import { run, sent } from "../../list.mjs";

const planes = Array.from({ length: 0x300 }, (_, plane) => String.fromCodePoint(0x20 + plane * 0x2a)).join("");

export default async (client, { id, project }) => {
  const inputs = { planes, emoji: "a👍🏽b", nul: "a\u0000b", lone: "a\ud800b", not: NaN, big: 2n ** 63n, large: 2 ** 53, long: "x".repeat(1_000_000) };
  await client.createRun(run(id, project, { inputs }));
  await sent(client);
  const read = (await client.readRun(id)).inputs;
  return { same: ["planes", "emoji", "nul", "large", "long"].filter((key) => read[key] === inputs[key]), lone: read.lone, not: read.not, big: read.big };
};
